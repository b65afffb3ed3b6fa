{{- define "engine.name" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "engine.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 63 | trimSuffix "-" }}
{{- else if contains (include "engine.name" .) .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name (include "engine.name" .) | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "engine.selector" -}}
app.kubernetes.io/name: {{ include "engine.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: engine
{{- end }}

{{- define "engine.labels" -}}
{{ include "engine.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "engine.account" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "engine.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ required "serviceAccount.name: name the account that is there, since serviceAccount.create is false" .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{- define "engine.image" -}}
{{- $repository := required "image.repository: name the engine's image (docs/install.md, step 1)" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ printf "%s@%s" $repository .Values.image.digest }}
{{- else -}}
{{ printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end -}}
{{- end }}

{{- /* What the engine does in a namespace of triggers. "create" goes with each "patch": applying makes what is missing. */ -}}
{{- define "engine.rules" }}
  - apiGroups: [batch]
    resources: [cronjobs]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [batch]
    resources: [jobs]
    verbs: [get, list, watch, create, patch]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [pods/log]
    verbs: [get]
  - apiGroups: [""]
    resources: [serviceaccounts]
    verbs: [get, create, patch]
  - apiGroups: [""]
    resources: [resourcequotas]
    verbs: [get, create, patch, delete]
  - apiGroups: [networking.k8s.io]
    resources: [networkpolicies]
    verbs: [get, create, patch, delete]
{{- end }}

{{- /* Who is bound to the engine's rights. */ -}}
{{- define "engine.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "engine.account" . | quote }}
    namespace: {{ .Release.Namespace | quote }}
{{- end }}

{{- define "engine.service" -}}
{{ printf "http://%s.%s.svc:%d" (include "engine.fullname" .) .Release.Namespace (int .Values.service.port) }}
{{- end }}

{{- define "engine.url" -}}
{{- if .Values.url -}}
{{ trimSuffix "/" .Values.url }}
{{- else if .Values.ingress.enabled -}}
{{ printf "%s://%s" (ternary "https" "http" (not (empty .Values.ingress.tlsSecret))) (include "engine.ingressHost" .) }}
{{- else if .Values.httpRoute.enabled -}}
{{ printf "https://%s" (include "engine.routeHost" .) }}
{{- else -}}
{{ include "engine.service" . }}
{{- end -}}
{{- end }}

{{- define "engine.ingressHost" -}}
{{ required "ingress.host: name the host at which the git host reaches the engine" .Values.ingress.host }}
{{- end }}

{{- define "engine.routeHost" -}}
{{ required "httpRoute.host: name the host at which the git host reaches the engine" .Values.httpRoute.host }}
{{- end }}

{{- /* The one path that is open to the outside. */ -}}
{{- define "engine.webhooks" -}}
/api/github/webhooks
{{- end }}

{{- define "engine.secrets" -}}
/run/secrets/gitops-triggers
{{- end }}

{{- /* What the schema of the values cannot say: an engine that would not start, and namespaces that must not be one. */ -}}
{{- define "engine.check" -}}
{{- $config := .Values.config -}}
{{- $prefix := get (default dict $config.registry) "prefix" -}}
{{- $builder := default dict $config.builder -}}
{{- $own := list -}}
{{- $remote := .Values.builds.enabled -}}
{{- if and .Values.builds.enabled (not $builder.kubeconfig) -}}
{{- $own = append $own "builds.enabled" -}}
{{- end -}}
{{- range $config.environments -}}
{{- if eq "kubernetes" (default "local" (get (default dict .target) "kind")) -}}
{{- $remote = true -}}
{{- if not (get (default dict .target) "kubeconfig") -}}
{{- $own = append $own (printf "the environment %s" .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if and $remote (not $prefix) -}}
{{- fail "config.registry.prefix: name where images are pushed: nodes pull them from there" -}}
{{- end -}}
{{- if and .Values.registry.existingSecret (not $prefix) -}}
{{- fail "config.registry.prefix: registry.existingSecret is the login for it" -}}
{{- end -}}
{{- if and $own (not .Values.automountServiceAccountToken) -}}
{{- fail (printf "automountServiceAccountToken: it is off, but %s has no kubeconfig, and so means this cluster" (first $own)) -}}
{{- end -}}
{{- if eq (int .Values.service.port) (int .Values.service.metricsPort) -}}
{{- fail "service.metricsPort: it must not be service.port" -}}
{{- end -}}
{{- if .Values.builds.enabled -}}
{{- if eq .Values.builds.namespace .Release.Namespace -}}
{{- fail "builds.namespace: builds run whatever a Dockerfile says: give them a namespace apart from the engine's" -}}
{{- end -}}
{{- if has .Values.builds.namespace .Values.rbac.namespaces -}}
{{- fail "builds.namespace: it is one of rbac.namespaces too; builds and triggers need namespaces apart" -}}
{{- end -}}
{{- end -}}
{{- if has .Release.Namespace .Values.rbac.namespaces -}}
{{- fail "rbac.namespaces: the engine's own namespace must not be a trigger's: its Secrets are there" -}}
{{- end -}}
{{- range $key, $_ := .Values.podLabels -}}
{{- if hasPrefix "app.kubernetes.io/" $key -}}
{{- fail (printf "podLabels: %s is the chart's own" $key) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- /* engine.yaml: what the values say, and then what config says. */ -}}
{{- define "engine.config" -}}
{{- include "engine.check" . -}}
{{- $secrets := include "engine.secrets" . -}}
{{- $files := list -}}
{{- range .Values.webhook.keys -}}
{{- $files = append $files (printf "%s/webhook/%s" $secrets .) -}}
{{- end -}}
{{- $own := dict "data" "/var/lib/gitops-triggers" "server" (dict "url" (include "engine.url" .) "listen" "http://0.0.0.0:8080" "metrics" "http://0.0.0.0:9090") "webhooks" (dict "secretFiles" $files) -}}
{{- if .Values.registry.existingSecret -}}
{{- $_ := set $own "registry" (dict "credentialsFile" (printf "%s/registry/.dockerconfigjson" $secrets)) -}}
{{- end -}}
{{- if .Values.builds.enabled -}}
{{- $builder := dict "kind" "kubernetes" "namespace" .Values.builds.namespace "engineUrl" (include "engine.service" .) -}}
{{- if .Values.builds.pushSecret -}}
{{- $_ := set $builder "pushSecret" .Values.builds.pushSecret -}}
{{- end -}}
{{- $_ := set $own "builder" $builder -}}
{{- end -}}
{{ mergeOverwrite $own (deepCopy .Values.config) | toYaml }}
{{- end }}
