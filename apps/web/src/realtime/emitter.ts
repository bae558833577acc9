type Listeners<Events> = { [E in keyof Events]?: Set<(value: Events[E]) => void> };

export interface Emitter<Events> {
  emit<E extends keyof Events>(event: E, value: Events[E]): void;
  /** The answer ends the subscription. */
  on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): () => void;
}

export function createEmitter<Events>(): Emitter<Events> {
  const listeners: Listeners<Events> = {};
  return {
    emit(event, value) {
      for (const listener of listeners[event] ?? []) listener(value);
    },
    on(event, listener) {
      const set = (listeners[event] ??= new Set());
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}
