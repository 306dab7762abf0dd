package dev.pawl.model.testkit;

import dev.pawl.model.Caller;
import dev.pawl.model.checkpoint.CheckpointLog;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Entries of all runs and steps, whatever their attempt; they are kept as long as the object. */
final class InMemoryCheckpoints {
  private final Map<Key, CheckpointLog.Entry> entries = new ConcurrentHashMap<>();

  private record Key(String namespace, String run, String step, String name) {}

  CheckpointLog of(Caller caller) {
    return new CheckpointLog() {
      @Override
      public Optional<Entry> latest(String name) {
        return Optional.ofNullable(entries.get(key(name)));
      }

      @Override
      public void write(String name, Entry entry) {
        entries.put(key(name), entry);
      }

      private Key key(String name) {
        return new Key(caller.namespace(), caller.run(), caller.step(), name);
      }
    };
  }
}
