package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pawl.sandbox.document.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The faults that are armed, in the order of their arming. */
final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Fault> armed = new ArrayList<>();

  void arm(Fault fault) {
    lock.lock();
    try {
      armed.add(fault);
    } finally {
      lock.unlock();
    }
  }

  void disarm() {
    lock.lock();
    try {
      armed.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The first fault that matches, used up by one. */
  Optional<Fault> take(String method, String rawPath) {
    List<String> parts = PathTemplate.parts(rawPath);
    lock.lock();
    try {
      for (int i = 0; i < armed.size(); i++) {
        Fault fault = armed.get(i);
        if (fault.matches(method, parts)) {
          if (fault.times() > 1) {
            armed.set(i, fault.withTimes(fault.times() - 1));
          } else {
            armed.remove(i);
          }
          return Optional.of(fault);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    lock.lock();
    try {
      armed.forEach(fault -> json.add(fault.toJson()));
    } finally {
      lock.unlock();
    }
    return json;
  }
}
