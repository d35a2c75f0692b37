// Makes a container in the Azure server of the tests: node container.mjs PORT ACCOUNT KEY CONTAINER.
import { createHmac } from "node:crypto";

const [port, account, key, container] = process.argv.slice(2);
const facts = { "x-ms-date": new Date().toUTCString(), "x-ms-version": "2021-12-02" };
const signed = [
  ...["PUT", "", "", "", "", "", "", "", "", "", "", ""],
  ...Object.entries(facts).map(([name, value]) => `${name}:${value}`),
  `/${account}/${account}/${container}`,
  "restype:container",
].join("\n");
const signature = createHmac("sha256", Buffer.from(key, "base64")).update(signed).digest("base64");
const answer = await fetch(`http://127.0.0.1:${port}/${account}/${container}?restype=container`, {
  method: "PUT",
  headers: { ...facts, authorization: `SharedKey ${account}:${signature}` },
});
if (answer.status !== 201) {
  console.error(answer.status, await answer.text());
  process.exit(1);
}
