package dev.pawl.server.api.map;

import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.server.engine.DescribeModels.Description;
import dev.pawl.v1.Model;
import dev.pawl.v1.ModelMethod;
import dev.pawl.v1.ReconcileStrategy;
import dev.pawl.v1.VerifySource;

/** Models as messages. */
public final class ModelMapper {
  private ModelMapper() {}

  /** A model with the JSON Schemas of its methods. */
  public static Model whole(Description found) {
    Model.Builder out = outline(found);
    found.descriptor().methods().stream().map(ModelMapper::whole).forEach(out::addMethods);
    return out.build();
  }

  /** A model without schemas, for lists. */
  public static Model brief(Description found) {
    Model.Builder out = outline(found);
    found.descriptor().methods().stream()
        .map(method -> brief(method).build())
        .forEach(out::addMethods);
    return out.build();
  }

  private static Model.Builder outline(Description found) {
    String reconcile = found.reconcile();
    return Model.newBuilder()
        .setModelType(found.descriptor().type())
        .setDescription(found.descriptor().description())
        .setReconcile(
            reconcile == null
                ? ReconcileStrategy.RECONCILE_STRATEGY_UNSPECIFIED
                : ReconcileStrategy.valueOf("RECONCILE_STRATEGY_" + reconcile))
        .setVerify(VerifySource.valueOf("VERIFY_SOURCE_" + found.verify()))
        .setSource(found.source())
        .setConnection(found.descriptor().connection());
  }

  private static ModelMethod whole(MethodDescriptor method) {
    return brief(method)
        .setArgumentsSchemaJson(Json.write(method.argumentsSchema()))
        .setOutputSchemaJson(Json.write(method.outputSchema()))
        .build();
  }

  private static ModelMethod.Builder brief(MethodDescriptor method) {
    boolean once = method.has(Trait.IDEMPOTENT) || method.has(Trait.CLAIMS_ITSELF);
    boolean stores = once && method.kind() != MethodKind.READ;
    return ModelMethod.newBuilder()
        .setName(method.name())
        .setDescription(method.description())
        .setKind(dev.pawl.v1.MethodKind.valueOf("METHOD_KIND_" + method.kind().name()))
        .setIdempotent(method.has(Trait.IDEMPOTENT))
        .setOutputSpec(stores ? method.outputSpec() : "");
  }
}
