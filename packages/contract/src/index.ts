export * from './events.ts';
export * from './headers.ts';
export * from './http.ts';
export * from './limits.ts';
export * from './result.ts';
export * from './shapes.ts';
