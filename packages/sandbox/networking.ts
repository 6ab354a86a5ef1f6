import type { ApiObject, Strings } from "./api-object.ts";
import type { JsonObject } from "./json.ts";

export interface ServicePort extends JsonObject {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

export interface Service extends ApiObject {
  readonly spec: JsonObject & {
    readonly type: string;
    readonly selector?: Strings;
    readonly ports?: readonly ServicePort[];
    readonly clusterIP?: string;
    readonly publishNotReadyAddresses?: boolean;
  };
}

export interface Endpoint extends JsonObject {
  readonly addresses: readonly string[];
  readonly conditions: JsonObject & {
    readonly ready: boolean;
    readonly serving: boolean;
    readonly terminating: boolean;
  };
  readonly nodeName?: string;
  readonly targetRef: JsonObject & {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
  };
}

export interface EndpointPort extends JsonObject {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

export interface EndpointSlice extends ApiObject {
  readonly addressType: string;
  readonly endpoints: readonly Endpoint[] | null;
  readonly ports: readonly EndpointPort[] | null;
}
