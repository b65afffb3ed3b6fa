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
app.kubernetes.io/name: {{ include "engine.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
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

{{- /* Who is bound to the engine's rights. */ -}}
{{- define "engine.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "engine.account" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}

{{- define "engine.service" -}}
{{ printf "http://%s.%s.svc:%d" (include "engine.fullname" .) .Release.Namespace (int .Values.service.port) }}
{{- end }}

{{- define "engine.url" -}}
{{- if .Values.url -}}
{{ .Values.url }}
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

{{- /* engine.yaml: what the values say, and then what config says. */ -}}
{{- define "engine.config" -}}
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
