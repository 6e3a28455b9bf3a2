// What `smi snapshot --json --window 0` reads, as a user of npm systeminformation would write it.
const si = require('systeminformation');

si.get({
  osInfo: 'hostname, distro, kernel',
  system: 'manufacturer, model, virtual',
  cpu: '*',
  currentLoad: '*',
  cpuTemperature: '*',
  cpuCurrentSpeed: '*',
  mem: '*',
  battery: '*',
  graphics: 'controllers',
}).then((frame) => console.log(JSON.stringify(frame)));
