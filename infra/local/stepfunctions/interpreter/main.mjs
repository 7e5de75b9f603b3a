// The state-machine interpreter: it runs one execution a request and asks the runner for every task. What an
// execution is called, and what becomes of it, is the runner's affair.
import http from 'node:http';

// aws-local-stepfunctions uses this, which Node.js has from version 22 on.
Promise.withResolvers ??= function withResolvers() {
  const resolvers = {};
  resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
};
const { StateMachine } = await import('aws-local-stepfunctions');

// A timer may fire a millisecond before the clock shows its time; the service never wakes an execution early.
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (callback, milliseconds, ...rest) => wait(callback, milliseconds + 2, ...rest);

const { RUNNER_URL: runner, RUNNER_TOKEN: token } = process.env;
const authorization = `Bearer ${token}`;
// setTimeout fires at once above this, and the library's own default is a minute where the service has none.
const longestTimeoutSeconds = 2147483;

// node:http and not fetch, which gives up on an answer after five minutes: a task token can be out for days.
function ask(path, body) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const request = http.request(new URL(path, runner), {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
  });
  request.on('error', reject);
  request.on('response', async (response) => {
    try {
      resolve(await read(response));
    } catch (error) {
      reject(error);
    }
  });
  request.end(JSON.stringify(body));
  return promise;
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

// Parallel and Map states hold states of their own; names are unique in the whole machine.
function* taskStates(definition) {
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type === 'Task') yield [name, state];
    for (const nested of [...(state.Branches ?? []), state.ItemProcessor ?? state.Iterator]) {
      if (nested) yield* taskStates(nested);
    }
  }
}

function load(definition) {
  for (const [, state] of taskStates(definition)) {
    if (!state.TimeoutSecondsPath) state.TimeoutSeconds ??= longestTimeoutSeconds;
  }
  return { definition, machine: new StateMachine(definition) };
}

// Each attempt of a task reads the token from the context object once, and is given a new one.
function taskToken() {
  return {
    latest: undefined,
    get Token() {
      this.latest = crypto.randomUUID();
      return this.latest;
    },
  };
}

function start({ definition, machine }, { input, execution }) {
  const task = taskToken();
  const handlers = {};
  for (const [name, state] of taskStates(definition)) {
    handlers[name] = async (parameters) => {
      const { output, error } = await ask('task', {
        resource: state.Resource,
        parameters,
        token: task.latest,
        heartbeatSeconds: state.HeartbeatSeconds,
      });
      if (error) throw Object.assign(new Error(error.cause), { name: error.name });
      return output;
    };
  }
  return machine.run(input, {
    overrides: { taskResourceLocalHandlers: handlers },
    context: { Execution: { Id: execution.arn, Name: execution.name }, Task: task },
  });
}

function failure(error) {
  if (error.name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT' };
  const cause = error.cause ?? error;
  return { status: 'FAILED', error: cause.name, cause: cause.message };
}

const { machines } = await ask('machines', {});
const loaded = Object.fromEntries(Object.entries(machines).map(([name, definition]) => [name, load(definition)]));

const server = http.createServer(async (request, response) => {
  if (request.headers.authorization !== authorization) {
    response.writeHead(401).end();
    return;
  }
  const body = await read(request);
  const running = start(loaded[body.machine], body);
  // The runner stops an execution by hanging up.
  response.on('close', () => running.abort());
  let outcome;
  try {
    outcome = { status: 'SUCCEEDED', output: await running.result };
  } catch (error) {
    outcome = failure(error);
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(outcome));
});
server.listen(0, '127.0.0.1', () => ask('ready', { port: server.address().port }));
