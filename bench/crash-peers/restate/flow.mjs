// Five steps, each a POST, on Restate: node flow.mjs PORT API COLLECTION KEYED
import * as restate from "@restatedev/restate-sdk";

const [port, api, kind, keyed] = process.argv.slice(2);

// The SDK uses it, and node has it from 22 on.
Promise.withResolvers ??= function withResolvers() {
  const out = {};
  out.promise = new this((resolve, reject) => Object.assign(out, { resolve, reject }));
  return out;
};

async function send(path, options) {
  const answer = await fetch(api + path, options);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return text;
}

// The step's body; the two hooks let the harness know where it is.
async function create(name) {
  await send(`/hook/before-send/${name}`);
  const headers = { "content-type": "application/json" };
  if (keyed === "true") headers["idempotency-key"] = name;
  const body = JSON.stringify({ name });
  const answer = await send(`/${kind}`, { method: "POST", headers, body });
  await send(`/hook/answered/${name}`);
  return answer;
}

const flow = restate.service({
  name: "Flow",
  handlers: {
    run: async (ctx, id) => {
      let last = "";
      for (let i = 1; i <= 5; i++) {
        last = await ctx.run(`s${i}`, () => create(`${id}-s${i}`));
      }
      return last;
    },
  },
});

restate.serve({ services: [flow], port: Number(port) });
