PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __EFMigrationsHistory VALUES('20261127051949_Initial','10.0.15');
CREATE TABLE IF NOT EXISTS "builds" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_builds" PRIMARY KEY AUTOINCREMENT,
    "Repository" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Commit" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Builder" TEXT NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "FinishedAt" INTEGER NULL,
    "Image" TEXT NULL,
    "Reason" TEXT NULL,
    "Findings" TEXT NOT NULL,
    "Forgotten" INTEGER NOT NULL
);
INSERT INTO builds VALUES(1,'git-c0b1e14b9f749d99','job','dev','f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4','4fc2192887cd9979f1c58a9c067bd6d1d7d4fa86','Succeeded','podman build',1795832161701,1795832164846,'sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b',NULL,'[]',0);
CREATE TABLE IF NOT EXISTS "deliveries" (
    "Guid" TEXT NOT NULL CONSTRAINT "PK_deliveries" PRIMARY KEY,
    "Event" TEXT NOT NULL,
    "Action" TEXT NULL,
    "Outcome" TEXT NOT NULL,
    "Repository" TEXT NULL,
    "ReceivedAt" INTEGER NOT NULL
);
INSERT INTO deliveries VALUES('265f030f-7a6e-42ee-87a4-8fef0c613908','push',NULL,'marked dev','git-c0b1e14b9f749d99',1795832282430);
INSERT INTO deliveries VALUES('ff4a397e-da3c-4141-8ffb-6d45a3628d4e','push',NULL,'marked dev','git-c0b1e14b9f749d99',1795832299025);
INSERT INTO deliveries VALUES('f69ae56c-e59f-4663-86c1-588e973d4812','push',NULL,'redelivered: marked dev','git-c0b1e14b9f749d99',1795832428713);
CREATE TABLE IF NOT EXISTS "deployments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_deployments" PRIMARY KEY AUTOINCREMENT,
    "Commit" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Image" TEXT NOT NULL,
    "Settings" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "DeployedAt" INTEGER NOT NULL,
    "Place" TEXT NOT NULL,
    "Schedule" TEXT NULL,
    "TimeZone" TEXT NULL,
    "Suspended" INTEGER NOT NULL,
    "StandsStill" TEXT NULL,
    "Expect" TEXT NULL,
    "Rendered" TEXT NOT NULL,
    "BuildId" INTEGER NULL,
    "PrunedAt" INTEGER NULL,
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL
);
INSERT INTO deployments VALUES(5,'0427538b5b6fdda727ed5109f3f798188cac6a95','f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4','sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b','61acae9d1dd1ed3f425d92e9e96e30e45e926d287cfc5348c8b82b9c0396d2a0','Promoted',1795832241169,'{}','43 5 23 1 *','Etc/UTC',0,NULL,NULL,replace('apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  annotations:\n    triggers.gitops/commit: "0427538b5b6fdda727ed5109f3f798188cac6a95"\n    triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n    triggers.gitops/manifest: trigger.yaml\n    triggers.gitops/repository-name: nightly\n    triggers.gitops/schedule: "at 05:43 on 23 January, Etc/UTC"\n  labels:\n    app.kubernetes.io/managed-by: gitops-triggers\n    triggers.gitops/environment: prod\n    triggers.gitops/repository: git-c0b1e14b9f749d99\n    triggers.gitops/trigger: job\n  name: job-29253cc4\n  namespace: nightly-prod\nspec:\n  concurrencyPolicy: Forbid\n  failedJobsHistoryLimit: 3\n  jobTemplate:\n    metadata:\n      annotations:\n        triggers.gitops/commit: "0427538b5b6fdda727ed5109f3f798188cac6a95"\n        triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n      labels:\n        app.kubernetes.io/managed-by: gitops-triggers\n        triggers.gitops/environment: prod\n        triggers.gitops/repository: git-c0b1e14b9f749d99\n        triggers.gitops/trigger: job\n    spec:\n      activeDeadlineSeconds: 3600\n      backoffLimit: 0\n      completionMode: NonIndexed\n      completions: 1\n      parallelism: 1\n      suspend: false\n      template:\n        metadata:\n          annotations:\n            triggers.gitops/commit: "0427538b5b6fdda727ed5109f3f798188cac6a95"\n            triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n          labels:\n            app.kubernetes.io/managed-by: gitops-triggers\n            triggers.gitops/environment: prod\n            triggers.gitops/repository: git-c0b1e14b9f749d99\n            triggers.gitops/trigger: job\n        spec:\n          automountServiceAccountToken: false\n          containers:\n          - args: []\n            command: []\n            env:\n            - name: TRIGGER_COMMIT\n              value: "0427538b5b6fdda727ed5109f3f798188cac6a95"\n            - name: TRIGGER_ENVIRONMENT\n              value: prod\n            - name: TRIGGER_NAME\n              value: job\n            - name: TRIGGER_RUN_ID\n              valueFrom:\n                fieldRef:\n                  apiVersion: v1\n                  fieldPath: "metadata.labels[''batch.kubernetes.io/job-name'']"\n            image: sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b\n            imagePullPolicy: IfNotPresent\n            name: trigger\n            resources:\n              limits:\n                memory: 128Mi\n              requests:\n                cpu: 100m\n                memory: 128Mi\n            securityContext:\n              allowPrivilegeEscalation: false\n              capabilities:\n                drop:\n                - ALL\n              privileged: false\n              readOnlyRootFilesystem: true\n              runAsNonRoot: true\n            volumeMounts:\n            - mountPath: /tmp\n              name: tmp\n              readOnly: false\n          enableServiceLinks: false\n          hostIPC: false\n          hostNetwork: false\n          hostPID: false\n          restartPolicy: Never\n          securityContext:\n            runAsNonRoot: true\n            seccompProfile:\n              type: RuntimeDefault\n          serviceAccountName: gitops-triggers-run\n          shareProcessNamespace: false\n          terminationGracePeriodSeconds: 30\n          volumes:\n          - emptyDir:\n              sizeLimit: 256Mi\n            name: tmp\n  schedule: "43 5 23 1 *"\n  startingDeadlineSeconds: 315360000\n  successfulJobsHistoryLimit: 3\n  suspend: false\n  timeZone: Etc/UTC\n','\n',char(10)),1,NULL,'git-c0b1e14b9f749d99','prod','job');
INSERT INTO deployments VALUES(17,'79529920f6d5d660dba99761fb2e6851d6399708','f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4','sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b','d221eecc475a127c43b1dc35d661c4705c52d425e623e5a3f35abb92909e5e4c','Settings',1795832431164,'{}','47 2 3 1 *','Etc/UTC',0,NULL,NULL,replace('apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  annotations:\n    triggers.gitops/commit: "79529920f6d5d660dba99761fb2e6851d6399708"\n    triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n    triggers.gitops/manifest: trigger.yaml\n    triggers.gitops/repository-name: nightly\n    triggers.gitops/schedule: "at 02:47 on 3 January, Etc/UTC"\n  labels:\n    app.kubernetes.io/managed-by: gitops-triggers\n    triggers.gitops/environment: dev\n    triggers.gitops/repository: git-c0b1e14b9f749d99\n    triggers.gitops/trigger: job\n  name: job-4b04329b\n  namespace: nightly-dev\nspec:\n  concurrencyPolicy: Forbid\n  failedJobsHistoryLimit: 3\n  jobTemplate:\n    metadata:\n      annotations:\n        triggers.gitops/commit: "79529920f6d5d660dba99761fb2e6851d6399708"\n        triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n      labels:\n        app.kubernetes.io/managed-by: gitops-triggers\n        triggers.gitops/environment: dev\n        triggers.gitops/repository: git-c0b1e14b9f749d99\n        triggers.gitops/trigger: job\n    spec:\n      activeDeadlineSeconds: 3600\n      backoffLimit: 0\n      completionMode: NonIndexed\n      completions: 1\n      parallelism: 1\n      suspend: false\n      template:\n        metadata:\n          annotations:\n            triggers.gitops/commit: "79529920f6d5d660dba99761fb2e6851d6399708"\n            triggers.gitops/input-hash: f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4\n          labels:\n            app.kubernetes.io/managed-by: gitops-triggers\n            triggers.gitops/environment: dev\n            triggers.gitops/repository: git-c0b1e14b9f749d99\n            triggers.gitops/trigger: job\n        spec:\n          automountServiceAccountToken: false\n          containers:\n          - args: []\n            command: []\n            env:\n            - name: TRIGGER_COMMIT\n              value: "79529920f6d5d660dba99761fb2e6851d6399708"\n            - name: TRIGGER_ENVIRONMENT\n              value: dev\n            - name: TRIGGER_NAME\n              value: job\n            - name: TRIGGER_RUN_ID\n              valueFrom:\n                fieldRef:\n                  apiVersion: v1\n                  fieldPath: "metadata.labels[''batch.kubernetes.io/job-name'']"\n            image: sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b\n            imagePullPolicy: IfNotPresent\n            name: trigger\n            resources:\n              limits:\n                memory: 128Mi\n              requests:\n                cpu: 100m\n                memory: 128Mi\n            securityContext:\n              allowPrivilegeEscalation: false\n              capabilities:\n                drop:\n                - ALL\n              privileged: false\n              readOnlyRootFilesystem: true\n              runAsNonRoot: true\n            volumeMounts:\n            - mountPath: /tmp\n              name: tmp\n              readOnly: false\n          enableServiceLinks: false\n          hostIPC: false\n          hostNetwork: false\n          hostPID: false\n          restartPolicy: Never\n          securityContext:\n            runAsNonRoot: true\n            seccompProfile:\n              type: RuntimeDefault\n          serviceAccountName: gitops-triggers-run\n          shareProcessNamespace: false\n          terminationGracePeriodSeconds: 30\n          volumes:\n          - emptyDir:\n              sizeLimit: 256Mi\n            name: tmp\n  schedule: "47 2 3 1 *"\n  startingDeadlineSeconds: 315360000\n  successfulJobsHistoryLimit: 3\n  suspend: false\n  timeZone: Etc/UTC\n','\n',char(10)),1,NULL,'git-c0b1e14b9f749d99','dev','job');
CREATE TABLE IF NOT EXISTS "events" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_events" PRIMARY KEY AUTOINCREMENT,
    "At" INTEGER NOT NULL,
    "Kind" TEXT NOT NULL,
    "Repository" TEXT NULL,
    "Environment" TEXT NULL,
    "Trigger" TEXT NULL,
    "Text" TEXT NOT NULL
);
INSERT INTO events VALUES(116,1795832412263,'work','git-c0b1e14b9f749d99','prod',NULL,'nightly is due in prod: engine start');
INSERT INTO events VALUES(122,1795832427991,'work','git-c0b1e14b9f749d99','dev',NULL,'nightly is due in dev: engine start');
INSERT INTO events VALUES(123,1795832427991,'work','git-c0b1e14b9f749d99','prod',NULL,'nightly is due in prod: engine start');
INSERT INTO events VALUES(126,1795832428867,'work','git-c0b1e14b9f749d99','dev',NULL,'nightly is due in dev: push to main');
INSERT INTO events VALUES(127,1795832431805,'deployment','git-c0b1e14b9f749d99','dev','job','settings: image fc15150829a3 of 79529920f6, 47 2 3 1 *');
INSERT INTO events VALUES(130,1795832431816,'pass','git-c0b1e14b9f749d99','dev',NULL,'1 deployed');
CREATE TABLE IF NOT EXISTS "local_cronjobs" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_local_cronjobs" PRIMARY KEY,
    "Spec" TEXT NOT NULL,
    "Generation" INTEGER NOT NULL,
    "ScheduleSince" INTEGER NOT NULL,
    "LastScheduledFor" INTEGER NULL,
    "RecordedUntil" INTEGER NOT NULL,
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL
);
INSERT INTO local_cronjobs VALUES('job-4b04329b','{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"annotations":{"triggers.gitops/commit":"79529920f6d5d660dba99761fb2e6851d6399708","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4","triggers.gitops/manifest":"trigger.yaml","triggers.gitops/repository-name":"nightly","triggers.gitops/schedule":"at 02:47 on 3 January, Etc/UTC"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"dev","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"},"name":"job-4b04329b","namespace":"nightly-dev"},"spec":{"concurrencyPolicy":"Forbid","failedJobsHistoryLimit":3,"jobTemplate":{"metadata":{"annotations":{"triggers.gitops/commit":"79529920f6d5d660dba99761fb2e6851d6399708","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"dev","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"}},"spec":{"activeDeadlineSeconds":3600,"backoffLimit":0,"completionMode":"NonIndexed","completions":1,"parallelism":1,"suspend":false,"template":{"metadata":{"annotations":{"triggers.gitops/commit":"79529920f6d5d660dba99761fb2e6851d6399708","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"dev","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"}},"spec":{"automountServiceAccountToken":false,"containers":[{"args":[],"command":[],"env":[{"name":"TRIGGER_COMMIT","value":"79529920f6d5d660dba99761fb2e6851d6399708"},{"name":"TRIGGER_ENVIRONMENT","value":"dev"},{"name":"TRIGGER_NAME","value":"job"},{"name":"TRIGGER_RUN_ID","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels[\u0027batch.kubernetes.io/job-name\u0027]"}}}],"image":"sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b","imagePullPolicy":"IfNotPresent","name":"trigger","resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsNonRoot":true},"volumeMounts":[{"mountPath":"/tmp","name":"tmp","readOnly":false}]}],"enableServiceLinks":false,"hostIPC":false,"hostNetwork":false,"hostPID":false,"restartPolicy":"Never","securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"serviceAccountName":"gitops-triggers-run","shareProcessNamespace":false,"terminationGracePeriodSeconds":30,"volumes":[{"emptyDir":{"sizeLimit":"256Mi"},"name":"tmp"}]}}}},"schedule":"47 2 3 1 *","startingDeadlineSeconds":315360000,"successfulJobsHistoryLimit":3,"suspend":false,"timeZone":"Etc/UTC"}}',6,1795832431389,NULL,1795832166399,'git-c0b1e14b9f749d99','dev','job');
INSERT INTO local_cronjobs VALUES('job-29253cc4','{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"annotations":{"triggers.gitops/commit":"0427538b5b6fdda727ed5109f3f798188cac6a95","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4","triggers.gitops/manifest":"trigger.yaml","triggers.gitops/repository-name":"nightly","triggers.gitops/schedule":"at 05:43 on 23 January, Etc/UTC"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"prod","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"},"name":"job-29253cc4","namespace":"nightly-prod"},"spec":{"concurrencyPolicy":"Forbid","failedJobsHistoryLimit":3,"jobTemplate":{"metadata":{"annotations":{"triggers.gitops/commit":"0427538b5b6fdda727ed5109f3f798188cac6a95","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"prod","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"}},"spec":{"activeDeadlineSeconds":3600,"backoffLimit":0,"completionMode":"NonIndexed","completions":1,"parallelism":1,"suspend":false,"template":{"metadata":{"annotations":{"triggers.gitops/commit":"0427538b5b6fdda727ed5109f3f798188cac6a95","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"prod","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"}},"spec":{"automountServiceAccountToken":false,"containers":[{"args":[],"command":[],"env":[{"name":"TRIGGER_COMMIT","value":"0427538b5b6fdda727ed5109f3f798188cac6a95"},{"name":"TRIGGER_ENVIRONMENT","value":"prod"},{"name":"TRIGGER_NAME","value":"job"},{"name":"TRIGGER_RUN_ID","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels[\u0027batch.kubernetes.io/job-name\u0027]"}}}],"image":"sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b","imagePullPolicy":"IfNotPresent","name":"trigger","resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsNonRoot":true},"volumeMounts":[{"mountPath":"/tmp","name":"tmp","readOnly":false}]}],"enableServiceLinks":false,"hostIPC":false,"hostNetwork":false,"hostPID":false,"restartPolicy":"Never","securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"serviceAccountName":"gitops-triggers-run","shareProcessNamespace":false,"terminationGracePeriodSeconds":30,"volumes":[{"emptyDir":{"sizeLimit":"256Mi"},"name":"tmp"}]}}}},"schedule":"43 5 23 1 *","startingDeadlineSeconds":315360000,"successfulJobsHistoryLimit":3,"suspend":false,"timeZone":"Etc/UTC"}}',1,1795832241656,NULL,1795832241656,'git-c0b1e14b9f749d99','prod','job');
CREATE TABLE IF NOT EXISTS "local_jobs" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_local_jobs" PRIMARY KEY,
    "CronJob" TEXT NOT NULL,
    "Spec" TEXT NOT NULL,
    "BegunAt" INTEGER NULL,
    "RetryAt" INTEGER NULL
);
INSERT INTO local_jobs VALUES('job-4b04329b-now-256sfk','job-4b04329b','{"activeDeadlineSeconds":3600,"backoffLimit":0,"completionMode":"NonIndexed","completions":1,"parallelism":1,"suspend":false,"template":{"metadata":{"annotations":{"triggers.gitops/commit":"6dba807ccdf2f120cdaf56b3aac5eea576c5f761","triggers.gitops/input-hash":"f18a1984b40f25df0a0d32a3c3d9272b2977640a0ad3a2af047533a393aac3d4"},"labels":{"app.kubernetes.io/managed-by":"gitops-triggers","triggers.gitops/environment":"dev","triggers.gitops/repository":"git-c0b1e14b9f749d99","triggers.gitops/trigger":"job"}},"spec":{"automountServiceAccountToken":false,"containers":[{"args":[],"command":[],"env":[{"name":"TRIGGER_COMMIT","value":"6dba807ccdf2f120cdaf56b3aac5eea576c5f761"},{"name":"TRIGGER_ENVIRONMENT","value":"dev"},{"name":"TRIGGER_NAME","value":"job"},{"name":"TRIGGER_RUN_ID","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels[\u0027batch.kubernetes.io/job-name\u0027]"}}}],"image":"sha256:4235db6832212bbda14794beba480dfc29f23028eaf72a8a417aae13645a13d7","imagePullPolicy":"IfNotPresent","name":"trigger","resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},"privileged":false,"readOnlyRootFilesystem":true,"runAsNonRoot":true},"volumeMounts":[{"mountPath":"/tmp","name":"tmp","readOnly":false}]}],"enableServiceLinks":false,"hostIPC":false,"hostNetwork":false,"hostPID":false,"restartPolicy":"Never","securityContext":{"runAsNonRoot":true,"seccompProfile":{"type":"RuntimeDefault"}},"serviceAccountName":"gitops-triggers-run","shareProcessNamespace":false,"terminationGracePeriodSeconds":30,"volumes":[{"emptyDir":{"sizeLimit":"256Mi"},"name":"tmp"}]}}}',NULL,NULL);
CREATE TABLE IF NOT EXISTS "passes" (
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Commit" TEXT NULL,
    "Outcome" TEXT NOT NULL,
    "Message" TEXT NOT NULL,
    "Findings" TEXT NOT NULL,
    "FinishedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_passes" PRIMARY KEY ("Repository", "Environment")
);
INSERT INTO passes VALUES('git-c0b1e14b9f749d99','prod','0427538b5b6fdda727ed5109f3f798188cac6a95','Unchanged','1 deployed','[]',1795832431354);
INSERT INTO passes VALUES('git-c0b1e14b9f749d99','dev','79529920f6d5d660dba99761fb2e6851d6399708','Unchanged','1 deployed','[]',1795832432331);
CREATE TABLE IF NOT EXISTS "pauses" (
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL,
    "Since" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "PK_pauses" PRIMARY KEY ("Repository", "Environment", "Trigger")
);
INSERT INTO pauses VALUES('git-c0b1e14b9f749d99','prod','job',1795832400000,'until the ledger is closed');
CREATE TABLE IF NOT EXISTS "places" (
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    CONSTRAINT "PK_places" PRIMARY KEY ("Repository", "Environment", "Trigger", "Place")
);
INSERT INTO places VALUES('git-c0b1e14b9f749d99','dev','job','{}');
INSERT INTO places VALUES('git-c0b1e14b9f749d99','prod','job','{}');
CREATE TABLE IF NOT EXISTS "repositories" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_repositories" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Url" TEXT NOT NULL,
    "TokenFile" TEXT NULL,
    "SshKeyFile" TEXT NULL,
    "Configured" INTEGER NOT NULL,
    "ConnectedAt" INTEGER NOT NULL
);
INSERT INTO repositories VALUES('git-c0b1e14b9f749d99','nightly','https://git.example.com/nightly.git',NULL,NULL,0,1795832149648);
CREATE TABLE IF NOT EXISTS "retired_repositories" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_retired_repositories" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "Url" TEXT NOT NULL,
    "RetiredAt" INTEGER NOT NULL,
    "TakeDown" INTEGER NOT NULL
);
INSERT INTO retired_repositories VALUES('git-a0c0c2707f7e0074','weekly','https://git.example.com/weekly.git',1795832400000,1);
CREATE TABLE IF NOT EXISTS "runs" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_runs" PRIMARY KEY,
    "Origin" TEXT NOT NULL,
    "ScheduledFor" INTEGER NOT NULL,
    "State" TEXT NOT NULL,
    "Commit" TEXT NOT NULL,
    "Image" TEXT NOT NULL,
    "StartedAt" INTEGER NULL,
    "FinishedAt" INTEGER NULL,
    "Attempt" INTEGER NOT NULL,
    "ExitCode" INTEGER NULL,
    "Reason" TEXT NULL,
    "Message" TEXT NULL,
    "Node" TEXT NULL,
    "Args" TEXT NULL,
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL
);
INSERT INTO runs VALUES('job-4b04329b-29930540','Schedule',1795832400000,'Succeeded','79529920f6d5d660dba99761fb2e6851d6399708','sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b',1795832400900,1795832404000,1,0,'Completed',NULL,NULL,NULL,'git-c0b1e14b9f749d99','dev','job');
INSERT INTO runs VALUES('job-4b04329b-29930541','Schedule',1795832460000,'Failed','79529920f6d5d660dba99761fb2e6851d6399708','sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b',1795832460900,1795832464000,2,3,'Error','It ended with exit code 3.',NULL,NULL,'git-c0b1e14b9f749d99','dev','job');
INSERT INTO runs VALUES('job-4b04329b-now-256sfk','OnDemand',1795832470000,'Pending','79529920f6d5d660dba99761fb2e6851d6399708','sha256:fc15150829a34e1e3e32e747af23f09471f10f619deaa8dd3d57e5dadc4f130b',NULL,NULL,0,NULL,NULL,NULL,NULL,'["--full"]','git-c0b1e14b9f749d99','dev','job');
CREATE TABLE IF NOT EXISTS "statuses" (
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Trigger" TEXT NOT NULL,
    "Commit" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Message" TEXT NOT NULL,
    "HasRemark" INTEGER NOT NULL,
    "Findings" TEXT NOT NULL,
    "Until" INTEGER NULL,
    "At" INTEGER NOT NULL,
    CONSTRAINT "PK_statuses" PRIMARY KEY ("Repository", "Environment", "Trigger")
);
INSERT INTO statuses VALUES('git-c0b1e14b9f749d99','prod','job','0427538b5b6fdda727ed5109f3f798188cac6a95','Deployed','up to date',0,'[]',NULL,1795832431338);
INSERT INTO statuses VALUES('git-c0b1e14b9f749d99','dev','job','79529920f6d5d660dba99761fb2e6851d6399708','Deployed','up to date',0,'[]',NULL,1795832432331);
CREATE TABLE IF NOT EXISTS "work" (
    "Repository" TEXT NOT NULL,
    "Environment" TEXT NOT NULL,
    "Generation" INTEGER NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "Attempt" INTEGER NOT NULL,
    "Reason" TEXT NOT NULL,
    CONSTRAINT "PK_work" PRIMARY KEY ("Repository", "Environment")
);
INSERT INTO work VALUES('git-c0b1e14b9f749d99','dev',1,1795832440871,0,'engine start');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('events',130);
INSERT INTO sqlite_sequence VALUES('builds',7);
INSERT INTO sqlite_sequence VALUES('deployments',18);
CREATE INDEX "IX_builds_Repository_Hash" ON "builds" ("Repository", "Hash");
CREATE INDEX "IX_builds_State" ON "builds" ("State");
CREATE INDEX "IX_deliveries_ReceivedAt" ON "deliveries" ("ReceivedAt");
CREATE INDEX "IX_deployments_Repository_Environment_Hash" ON "deployments" ("Repository", "Environment", "Hash");
CREATE INDEX "IX_deployments_Repository_Environment_Trigger" ON "deployments" ("Repository", "Environment", "Trigger");
CREATE INDEX "IX_local_cronjobs_Repository_Environment_Trigger" ON "local_cronjobs" ("Repository", "Environment", "Trigger");
CREATE INDEX "IX_local_jobs_CronJob" ON "local_jobs" ("CronJob");
CREATE UNIQUE INDEX "IX_repositories_Name" ON "repositories" ("Name");
CREATE UNIQUE INDEX "IX_repositories_Url" ON "repositories" ("Url");
CREATE INDEX "IX_runs_Repository_Environment_Trigger_ScheduledFor" ON "runs" ("Repository", "Environment", "Trigger", "ScheduledFor");
CREATE INDEX "IX_runs_State" ON "runs" ("State");
CREATE INDEX "IX_work_DueAt" ON "work" ("DueAt");
COMMIT;
