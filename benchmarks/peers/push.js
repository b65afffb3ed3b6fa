// Prints the payload of the load as GitHub sends it, without white space: a real push to a branch, from GitHub's own examples.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const examples = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("@octokit/webhooks-examples/api.github.com/index.json"), "utf8"));
const pushes = examples.find((event) => event.name === "push").examples;
process.stdout.write(JSON.stringify(pushes.find((push) => push.ref === "refs/heads/master" && !push.deleted)));
