package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Where {@code data(type, instance)} looks. */
@FunctionalInterface
public interface DataLookup {
  /** Finds nothing. */
  DataLookup NONE = (type, instance) -> NullNode.getInstance();

  /** The stored state of the resource; null JSON where there is none. */
  JsonNode find(String modelType, String instance);
}
