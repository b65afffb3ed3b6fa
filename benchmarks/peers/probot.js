// A Probot app behind node's own server, without the log line for each request that `probot run` adds: PORT SECRET-FILE.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createNodeMiddleware, createProbot } from "probot";

const [port, secretFile] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs1", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const probot = createProbot({ overrides: { appId: 1, privateKey, secret: readFileSync(secretFile, "utf8").trim(), logLevel: "warn" } });
const middleware = await createNodeMiddleware((app) => { app.on("push", () => {}); }, { probot });
createServer((request, response) => { middleware(request, response, () => response.writeHead(404).end()); }).listen(Number(port), "127.0.0.1");
