import assert from "node:assert/strict";
import { test } from "node:test";
import { checked, shopAnd, told } from "../checked.test-kit.ts";

const at = (...ingress: readonly object[]) => ({ loadBalancer: { ingress } });
const metadata = { name: "shop", namespace: "shop" };

function service(status: object): object {
  const spec = {
    type: "LoadBalancer",
    selector: { app: "shop", color: "blue" },
    ports: [{ port: 80, targetPort: 8080 }],
  };
  return { apiVersion: "v1", kind: "Service", metadata, spec, status };
}

function ingress(name: string, status: object, backend = "shop"): object {
  const spec = { defaultBackend: { service: { name: backend, port: { number: 80 } } } };
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { ...metadata, name }, spec, status };
}

function shopBehind(balancer: object) {
  const { objects = [], ...rest } = shopAnd();
  const all = objects.filter((one) => !("kind" in one && one.kind === "Service"));
  return { ...rest, objects: [...all, balancer] as typeof objects };
}

test("a Service and the Ingresses that lead to it have addresses", async () => {
  const options = shopAnd(
    ingress("web", at({ hostname: "lb.example" }, { ip: "192.0.2.1" })),
    ingress("other", {}, "cart"),
  );
  assert.equal(told(await checked("load-balancer", { options })), "pass: Ingress web is at lb.example, 192.0.2.1");
  const balanced = await checked("load-balancer", { options: shopBehind(service(at({ ip: "192.0.2.7" }))) });
  assert.equal(told(balanced), "pass: Service shop is at 192.0.2.7");
});

test("a load balancer that was never made fails", async () => {
  const found = await checked("load-balancer", { options: shopBehind(service({})) });
  assert.equal(told(found), "fail: Service shop is of type LoadBalancer and has no address");
  assert.match(found.remedy ?? "", /kubectl describe service shop/);
});

test("an Ingress without an address is a warning: not every controller tells one", async () => {
  const found = await checked("load-balancer", { options: shopAnd(ingress("web", {})) });
  assert.equal(told(found), "warn: Ingress web has no address");
});

test("a Service within the cluster alone has nothing to check", async () => {
  assert.match(told(await checked("load-balancer")), /^skip: No Service is of type LoadBalancer/);
});
