package dev.pawl.server.language;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.server.workflow.ModelCatalog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A few models, described by hand. */
final class Catalog implements ModelCatalog {
  private final Map<String, ModelDescriptor> models = new TreeMap<>();

  static Catalog webTier() {
    return new Catalog()
        .with(
            "digitalocean/vpc",
            """
            {"type":"object","additionalProperties":false,"required":["name","region"],
             "properties":{"name":{"type":"string","minLength":1},"region":{"type":"string"},
               "ip_range":{"type":"string"},"description":{"type":"string"}}}\
            """)
        .with(
            "digitalocean/tag",
            """
            {"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}\
            """)
        .with(
            "digitalocean/droplet",
            """
            {"type":"object","additionalProperties":false,"required":["name","size","image"],
             "properties":{"name":{"type":"string"},"region":{"type":"string"},
               "size":{"type":"string","enum":["s-1vcpu-1gb","s-2vcpu-2gb"]},
               "image":{"anyOf":[{"type":"string"},{"type":"integer"}]},
               "vpc_uuid":{"type":"string"},"backups":{"type":"boolean"},
               "volumes":{"type":"array","items":{"$ref":"#/$defs/volume"}},
               "tags":{"type":"array","items":{"type":"string"}}},
             "$defs":{"volume":{"type":"object","additionalProperties":false,
               "required":["size_gb"],"properties":{"size_gb":{"type":"integer","minimum":1}}}}}\
            """)
        .with(
            "digitalocean/firewall",
            """
            {"type":"object","required":["name"],"properties":{"name":{"type":"string"},
              "droplet_ids":{"type":"array","items":{"type":"integer"}}}}\
            """);
  }

  private Catalog with(String type, String arguments) {
    var create = method("create", MethodKind.CREATE, (ObjectNode) Json.parse(arguments));
    var get = method("get", MethodKind.READ, Json.object().put("type", "object"));
    models.put(type, new ModelDescriptor(type, "", List.of(create, get)));
    return this;
  }

  static MethodDescriptor method(String name, MethodKind kind, ObjectNode arguments) {
    return new MethodDescriptor(name, kind, "", arguments, Json.object(), "state", Set.of());
  }

  @Override
  public Optional<ModelDescriptor> model(String type) {
    return Optional.ofNullable(models.get(type));
  }

  @Override
  public Collection<String> types() {
    return models.keySet();
  }
}
