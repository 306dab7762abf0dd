package dev.pawl.model.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads records of generated models so that writing them gives what was read. What a component
 * cannot hold goes to the record's rest, under a name that marks it: a null that was said, and a
 * value of another type than the document promises. {@link Typed#rest} takes the mark off again.
 */
final class KeepsAll extends BeanDeserializerModifier {
  private static final long serialVersionUID = 1;

  /** No API's member begins with it. */
  static final String MARK = "\u0000\u0000";

  @Override
  public JsonDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> reader) {
    Set<String> names =
        bean.findProperties().stream().map(p -> p.getName()).collect(Collectors.toSet());
    return bean.getBeanClass().isRecord() && bean.findAnySetterAccessor() != null
        ? new Reader(reader, names)
        : reader;
  }

  /** Reads one record. */
  private static final class Reader extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    private final transient Set<String> names;

    Reader(JsonDeserializer<?> reader, Set<String> names) {
      super(reader);
      this.names = names;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new Reader(reader, names);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(parser);
      if (!(node instanceof ObjectNode object)) {
        return read(node, parser, context);
      }
      List<String> nulls = new ArrayList<>();
      object.properties().stream()
          .filter(e -> e.getValue().isNull() && names.contains(e.getKey()))
          .forEach(e -> nulls.add(e.getKey()));
      nulls.forEach(name -> putAside(object, name));
      return readWhatFits(object, parser, context);
    }

    /** Ends, since each turn puts one member aside, and those aside fit. */
    private Object readWhatFits(
        ObjectNode object, JsonParser parser, DeserializationContext context) throws IOException {
      while (true) {
        try {
          return read(object, parser, context);
        } catch (JsonMappingException e) {
          String name = offender(e).filter(object::has).orElseThrow(() -> e);
          putAside(object, name);
        }
      }
    }

    private Optional<String> offender(JsonMappingException e) {
      return e.getPath().stream()
          .findFirst()
          .map(JsonMappingException.Reference::getFieldName)
          .filter(names::contains);
    }

    private Object read(JsonNode node, JsonParser parser, DeserializationContext context)
        throws IOException {
      try (JsonParser again = node.traverse(parser.getCodec())) {
        again.nextToken();
        return super.deserialize(again, context);
      }
    }

    private static void putAside(ObjectNode object, String name) {
      object.set(MARK + name, object.remove(name));
    }
  }
}
