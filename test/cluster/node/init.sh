#!/usr/bin/env bash
# init.sh STATE CONFIGURATION KUBE: process 1 of the one-node cluster, in its own PID and mount namespace.
# When it ends, the kernel ends everything that it started, pods included, and drops every mount they made:
# nothing has to be hunted down. The network is the machine's, so that NodePorts answer on its 127.0.0.1.
set -euo pipefail
state=$1 configuration=$2 kube=$3 node_ip=198.18.255.1

# Fixed paths inside, so that the files in this folder need no templates.
mount -t tmpfs tmpfs /srv
mkdir -p /srv/state /srv/configuration
mount --bind "$state" /srv/state
mount --bind "$configuration" /srv/configuration
# containerd, the kubelet and the CNI plugins write to paths here that no setting moves; the machine keeps its own.
for folder in /run /opt /var/lib /var/log; do mount -t tmpfs tmpfs $folder; done

cd /srv/state
mkdir -p log etcd containerd kubelet registry
chmod 700 etcd

declare -A names
start() {
  local name=$1
  shift
  "$@" >"log/$name.log" 2>&1 </dev/null &
  names[$!]=$name
}
kubectl() { "$kube" kubectl --kubeconfig admin.kubeconfig "$@"; }

start containerd containerd --config /srv/configuration/containerd.toml
start registry docker-registry serve /srv/configuration/registry.yml
# A cluster that lives for minutes need not survive a power cut: no fsync.
start etcd "$kube" etcd --data-dir etcd --unsafe-no-fsync --log-level warn \
  --listen-client-urls http://127.0.0.1:23790 --advertise-client-urls http://127.0.0.1:23790 \
  --listen-peer-urls http://127.0.0.1:23800
start kube-apiserver "$kube" kube-apiserver --etcd-servers http://127.0.0.1:23790 \
  --bind-address 127.0.0.1 --secure-port 6443 --advertise-address $node_ip \
  --tls-cert-file pki/apiserver.crt --tls-private-key-file pki/apiserver.key --client-ca-file pki/ca.crt \
  --authorization-mode Node,RBAC --allow-privileged --service-cluster-ip-range 198.19.0.0/16 \
  --kubelet-client-certificate pki/admin.crt --kubelet-client-key pki/admin.key \
  --kubelet-preferred-address-types InternalIP \
  --service-account-issuer https://kubernetes.default.svc \
  --service-account-key-file pki/accounts.pub --service-account-signing-key-file pki/accounts.key
until kubectl get --raw /readyz >/dev/null 2>&1; do
  kill -0 $! || { echo "kube-apiserver ended before it was ready" >&2; exit 1; }
  sleep 0.1
done

# One node and one of each: nobody to elect a leader against, and no reason to ration requests.
fast=(--kube-api-qps 200 --kube-api-burst 400)
start kube-controller-manager "$kube" kube-controller-manager --kubeconfig admin.kubeconfig "${fast[@]}" \
  --bind-address 127.0.0.1 --leader-elect=false --use-service-account-credentials \
  --flex-volume-plugin-dir /srv/state/volume-plugins \
  --service-account-private-key-file pki/accounts.key --root-ca-file pki/ca.crt
start kube-scheduler "$kube" kube-scheduler --kubeconfig admin.kubeconfig "${fast[@]}" \
  --bind-address 127.0.0.1 --leader-elect=false
start kubelet "$kube" kubelet --kubeconfig kubelet.kubeconfig --config /srv/configuration/kubelet.yaml \
  --hostname-override node-1 --node-ip $node_ip --root-dir /srv/state/kubelet
# The zeros leave the machine's conntrack settings and this process's OOM score as they are.
start kube-proxy "$kube" kube-proxy --kubeconfig admin.kubeconfig --hostname-override node-1 --bind-address 127.0.0.1 \
  --proxy-mode iptables --cluster-cidr 198.18.0.0/17 --iptables-min-sync-period 0s --oom-score-adj 0 \
  --conntrack-max-per-core 0 --conntrack-tcp-timeout-established 0 --conntrack-tcp-timeout-close-wait 0

# A cluster that lost a part is worse than none: end all of it, loudly.
wait -n -p ended || true
echo "${names[$ended]} ended; its log is ${state}/log/${names[$ended]}.log" >&2
exit 1
