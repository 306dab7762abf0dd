package dev.pawl.codegen.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.pawl.codegen.document.Schema;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.rest.Typed;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Writes a model's typed methods and their records. */
final class TypedMethods {
  private final ResourcePlan plan;
  private final Types types;
  private final JavaNames.Pool names = new JavaNames.Pool("methods", "invoke", "resource");
  private final Optional<ClassName> state;

  TypedMethods(ResourcePlan plan, ClassName owner) {
    this.plan = plan;
    this.types = new Types(owner);
    this.state =
        plan.resource()
            .state()
            .filter(Schema::hasProperties)
            .map(s -> types.object("State", s, "The resource as the API shows it."));
  }

  void addTo(TypeSpec.Builder out) {
    plan.methods().forEach(m -> out.addMethod(write(m)));
    out.addTypes(types.records());
  }

  private MethodSpec write(MethodPlan method) {
    MethodSpec.Builder out =
        MethodSpec.methodBuilder(names.unique(JavaNames.member(method.name())))
            .addJavadoc("$L\n", description(method))
            .addJavadoc("\n@throws MethodException when it failed; its failure says why\n")
            .addJavadoc("@throws InterruptedException when the call was cancelled")
            .addModifiers(Modifier.PUBLIC)
            .addParameter(MethodContext.class, "context")
            .addException(MethodException.class)
            .addException(InterruptedException.class);
    CodeBlock arguments = CodeBlock.of("$T.object()", Json.class);
    if (!method.arguments().list().isEmpty()) {
      String wanted = JavaNames.type(method.name()) + "Arguments";
      out.addParameter(
          types.arguments(
              wanted,
              method.arguments(),
              Prose.javadoc("What " + method.source().describe() + " takes.")),
          "arguments");
      arguments = CodeBlock.of("$T.arguments(arguments)", Typed.class);
    }
    CodeBlock call = JavaText.code("invoke($S, $L, context)", method.name(), arguments);
    return result(method, out, call);
  }

  private static String description(MethodPlan method) {
    String words = Prose.javadoc(method.description());
    return words.isEmpty() ? Prose.javadoc(method.source().describe()) : words;
  }

  private MethodSpec result(MethodPlan method, MethodSpec.Builder out, CodeBlock call) {
    if (method.kind() == MethodKind.DELETE) {
      return out.addStatement(call).build();
    }
    if (method.kind() == MethodKind.ACTION || state.isEmpty()) {
      return out.returns(JsonNode.class).addStatement("return $L.output()", call).build();
    }
    TypeName type = state.get();
    if (method.name().equals("list")) {
      return out.returns(ParameterizedTypeName.get(ClassName.get(List.class), type))
          .addStatement("return $T.items($L, $T.class)", Typed.class, call, type)
          .build();
    }
    return out.returns(type)
        .addStatement("return $T.output($L, $T.class)", Typed.class, call, type)
        .build();
  }
}
