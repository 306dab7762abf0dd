package dev.pawl.codegen.emit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import dev.pawl.model.rest.Typed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;

/** Writes the sealed interface of a union, and the record of what it does not know. */
final class UnionWriter {
  private final ClassName name;
  private final ClassName other;
  private final String property;
  private final Map<String, ClassName> branches;

  /**
   * @param other the name of the record for values of no known branch
   * @param branches each value of {@code property}, and its branch's record
   */
  UnionWriter(ClassName name, ClassName other, String property, Map<String, ClassName> branches) {
    this.name = name;
    this.other = other;
    this.property = property;
    this.branches = branches;
  }

  TypeSpec.Builder write(String javadoc) {
    TypeSpec.Builder out =
        TypeSpec.interfaceBuilder(name)
            .addModifiers(Modifier.PUBLIC, Modifier.SEALED)
            .addJavadoc("$L\n", javadoc)
            .addJavadoc(
                "\n<p>Which one it is, its member `$L` says; one that the document does not\n"
                    + "name is a {@link $T}.",
                Prose.code(property),
                other);
    branches.values().stream().distinct().forEach(out::addPermittedSubclass);
    return out.addPermittedSubclass(other).addMethod(reader());
  }

  /** The switch's lines: one for all values of a branch. */
  private MethodSpec reader() {
    Map<ClassName, List<CodeBlock>> labels = new LinkedHashMap<>();
    branches.forEach(
        (value, branch) ->
            labels.computeIfAbsent(branch, b -> new ArrayList<>()).add(JavaText.code("$S", value)));
    CodeBlock.Builder lines = CodeBlock.builder();
    labels.forEach(
        (branch, values) ->
            lines.add(
                "case $L -> $T.read(json, $T.class);\n",
                CodeBlock.join(values, ",$W"),
                Typed.class,
                branch));
    return MethodSpec.methodBuilder("of")
        .addJavadoc("Reads any JSON; never fails.")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addAnnotation(delegating())
        .returns(name)
        .addParameter(JsonNode.class, "json")
        .addCode(JavaText.code("return switch (json.path($S).asText()) {\n$>", property))
        .addCode(lines.build())
        .addCode("default -> new $T(json);\n$<};\n", other)
        .build();
  }

  private static AnnotationSpec delegating() {
    return AnnotationSpec.builder(JsonCreator.class)
        .addMember("mode", "$T.DELEGATING", JsonCreator.Mode.class)
        .build();
  }

  TypeSpec.Builder writeOther() {
    return TypeSpec.recordBuilder(other)
        .addModifiers(Modifier.PUBLIC)
        .addSuperinterface(name)
        .addJavadoc("One of a kind that the document does not name, kept as it came.\n")
        .addJavadoc("\n@param json all of it")
        .recordConstructor(
            MethodSpec.constructorBuilder()
                .addParameter(
                    ParameterSpec.builder(JsonNode.class, "json")
                        .addAnnotation(JsonValue.class)
                        .build())
                .build())
        .addMethod(
            MethodSpec.compactConstructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addAnnotation(delegating())
                .addStatement("$T.requireNonNull(json, $S)", Objects.class, "json")
                .build());
  }
}
