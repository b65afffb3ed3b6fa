// The webhooks of @octokit/webhooks behind node's own server: PORT SECRET-FILE.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Webhooks, createNodeMiddleware } from "@octokit/webhooks";

const [port, secretFile] = process.argv.slice(2);
const webhooks = new Webhooks({ secret: readFileSync(secretFile, "utf8").trim() });
webhooks.on("push", () => {});
createServer(createNodeMiddleware(webhooks)).listen(Number(port), "127.0.0.1");
