// An EventSource of npm: prints one line of JSON for each thing that happens to it. node client.mjs URL
import { EventSource } from 'eventsource';

const source = new EventSource(process.argv[2]);
const print = (kind, event) => console.log(JSON.stringify({ kind, id: event.lastEventId ?? null, data: event.data ?? null }));

for (const kind of ['open', 'error', 'snapshot', 'server.state', 'lag']) {
  source.addEventListener(kind, (event) => print(kind, event));
}
