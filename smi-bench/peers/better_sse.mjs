// The frames of `smi api`, as a user of npm better-sse would broadcast them.
//
//     node better_sse.mjs PORT FRAME.json INTERVAL_MS
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createChannel, createSession} from 'better-sse';

const [port, file, interval] = [Number(process.argv[2]), process.argv[3], Number(process.argv[4])];
const frame = readFileSync(file, 'utf8').trim();
const [before, after] = frame.split(/(?<="seq":)\d+/);
// Frames are text already: the library's own serializer would encode each of them once per client.
const options = {serializer: (text) => text, keepAlive: null};

const channel = createChannel();
const server = createServer(async (request, response) => {
  if (request.url === '/snapshot') {
    response.setHeader('Content-Type', 'application/json');
    response.end(frame);
  } else {
    channel.register(await createSession(request, response, options));
  }
});
server.listen({port, host: '127.0.0.1', backlog: 4096});

const start = performance.now();
let seq = 0;
function tick() {
  seq++;
  channel.broadcast(before + seq + after, 'snapshot', {eventId: String(seq)});
  // To the next moment of the grid, so that a late tick does not make the following ones late.
  setTimeout(tick, Math.max(0, start + seq * interval - performance.now()));
}
tick();
