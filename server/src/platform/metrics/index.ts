/** Numbers for whoever watches over the server, in the text format of Prometheus, on the loopback address alone. */
export { serveMetrics, type MetricsEndpoint } from './endpoint.ts'
export { measureProcess } from './process.ts'
export { makeMetrics, type Labels, type Metrics, type Sample } from './registry.ts'
