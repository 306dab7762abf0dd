package dev.pawl.codegen.emit;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.pawl.model.rest.Typed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Writes a record that keeps members it does not know, with a builder. */
final class RecordWriter {
  /** The JVM's constructors take 255 arguments; what is above this is read from the rest. */
  static final int MAX_COMPONENTS = 200;

  private static final TypeName JSON = ClassName.get(JsonNode.class);
  private static final TypeName REST_TYPE =
      ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class), JSON);

  private final ClassName name;
  private final List<Component> components;
  private final List<Component> overflow;
  private final String javadoc;
  private final String rest;

  RecordWriter(ClassName name, List<Component> components, String javadoc) {
    this.name = name;
    int held = Math.min(components.size(), MAX_COMPONENTS);
    this.components = components.subList(0, held);
    this.overflow = components.subList(held, components.size());
    this.javadoc = javadoc;
    this.rest = restName(components);
  }

  /** Jackson takes a member of this very name for it. */
  private static String restName(List<Component> components) {
    return Stream.of(JavaNames.REST, "otherProperties", "unlistedProperties", "restOfProperties")
        .filter(n -> components.stream().noneMatch(c -> c.json().equals(n) || c.java().equals(n)))
        .findFirst()
        .orElse("rest_");
  }

  TypeSpec.Builder write() {
    TypeSpec.Builder out =
        TypeSpec.recordBuilder(name.simpleName())
            .addModifiers(Modifier.PUBLIC)
            .addAnnotation(
                AnnotationSpec.builder(JsonInclude.class)
                    .addMember("value", "$T.NON_NULL", JsonInclude.Include.class)
                    .build())
            .recordConstructor(constructor());
    out.addJavadoc("$L\n", javadoc.isEmpty() ? "See the API's document." : javadoc);
    components.forEach(c -> out.addJavadoc("\n@param $L $L", c.java(), words(c)));
    out.addJavadoc("\n@param $L members that the document does not list", rest);
    out.addMethod(compact());
    overflow.forEach(c -> out.addMethod(overflowAccessor(c)));
    ClassName builder = name.nestedClass("Builder");
    out.addMethod(
        MethodSpec.methodBuilder("builder")
            .addJavadoc("Starts with nothing set.\n\n@return a new builder")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .returns(builder)
            .addStatement("return new $T()", builder)
            .build());
    return out.addType(builder(builder));
  }

  private static String words(Component component) {
    return component.javadoc().isEmpty() ? "see the API's document" : component.javadoc();
  }

  private static TypeName nullable(TypeName type) {
    return type.annotated(AnnotationSpec.builder(Nullable.class).build());
  }

  private static TypeName shown(Component component) {
    return component.required() ? component.type() : nullable(component.type());
  }

  private MethodSpec constructor() {
    MethodSpec.Builder out = MethodSpec.constructorBuilder();
    for (Component c : components) {
      out.addParameter(
          ParameterSpec.builder(shown(c), c.java())
              .addAnnotation(
                  AnnotationSpec.builder(JsonProperty.class)
                      .addMember("value", "$L", JavaText.quote(c.json()))
                      .build())
              .build());
    }
    return out.addParameter(
            ParameterSpec.builder(REST_TYPE, rest)
                .addAnnotation(JsonAnySetter.class)
                .addAnnotation(JsonAnyGetter.class)
                .build())
        .build();
  }

  private MethodSpec compact() {
    MethodSpec.Builder out = MethodSpec.compactConstructorBuilder().addModifiers(Modifier.PUBLIC);
    components.stream()
        .filter(Component::required)
        .forEach(
            c ->
                out.addStatement(
                    JavaText.code("$T.requireNonNull($L, $S)", Objects.class, c.java(), c.json())));
    return out.addStatement("$L = $T.rest($L)", rest, Typed.class, rest).build();
  }

  private MethodSpec overflowAccessor(Component c) {
    return MethodSpec.methodBuilder(c.java())
        .addJavadoc("$L\n\n@return null where there is none", words(c))
        .addModifiers(Modifier.PUBLIC)
        .returns(nullable(JSON))
        .addStatement("return $L.get($L)", rest, JavaText.quote(c.json()))
        .build();
  }

  private TypeSpec builder(ClassName builder) {
    TypeSpec.Builder out =
        TypeSpec.classBuilder(builder)
            .addJavadoc("Builds one; what is not set is not sent.")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
    components.forEach(c -> out.addField(nullable(c.type()), c.java(), Modifier.PRIVATE));
    out.addField(
        FieldSpec.builder(REST_TYPE, rest, Modifier.PRIVATE, Modifier.FINAL)
            .initializer("new $T<>()", LinkedHashMap.class)
            .build());
    out.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    components.forEach(c -> out.addMethod(setter(builder, c)));
    overflow.forEach(c -> out.addMethod(overflowSetter(builder, c)));
    return out.addMethod(with(builder)).addMethod(build()).build();
  }

  private MethodSpec setter(ClassName builder, Component c) {
    TypeName type = c.nullable() ? nullable(c.type()) : c.type();
    MethodSpec.Builder out =
        started(builder, c, type).addStatement("this.$L = $L", c.java(), c.java());
    if (c.nullable()) {
      out.addStatement(
          JavaText.code("$T.sayNull($L, $S, $L)", Typed.class, held(c), c.json(), c.java()));
    }
    return out.addStatement("return this").build();
  }

  private MethodSpec overflowSetter(ClassName builder, Component c) {
    return started(builder, c, JSON)
        .addStatement(JavaText.code("$L.put($S, $L)", held(c), c.json(), c.java()))
        .addStatement("return this")
        .build();
  }

  private CodeBlock held(Component c) {
    return CodeBlock.of(c.java().equals(rest) ? "this.$L" : "$L", rest);
  }

  private static MethodSpec.Builder started(ClassName builder, Component c, TypeName type) {
    return MethodSpec.methodBuilder(c.java())
        .addJavadoc("$L\n", c.javadoc().isEmpty() ? "See the API's document." : c.javadoc())
        .addJavadoc(
            "\n@param $L $L\n", c.java(), c.nullable() ? "null is sent as null" : "the value")
        .addJavadoc("@return this builder")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(type, c.java())
        .returns(builder);
  }

  private MethodSpec with(ClassName builder) {
    return MethodSpec.methodBuilder("with")
        .addJavadoc(
            "Sets a member that the document does not list.\n\n"
                + "@param name as the API calls it\n"
                + "@param value any JSON\n"
                + "@return this builder")
        .addModifiers(Modifier.PUBLIC)
        .addParameter(String.class, "name")
        .addParameter(JSON, "value")
        .returns(builder)
        .addStatement("$L.put(name, value)", rest)
        .addStatement("return this")
        .build();
  }

  private MethodSpec build() {
    CodeBlock.Builder values = CodeBlock.builder();
    for (Component c : components) {
      values.add("$L,$W", required(c));
    }
    return MethodSpec.methodBuilder("build")
        .addJavadoc("Makes the record.\n\n@return what was set")
        .addModifiers(Modifier.PUBLIC)
        .returns(name)
        .addStatement("return new $T($L$L)", name, values.build(), rest)
        .build();
  }

  private static CodeBlock required(Component c) {
    return c.required()
        ? JavaText.code("$T.requireNonNull($L, $S)", Objects.class, c.java(), c.json())
        : CodeBlock.of("$L", c.java());
  }
}
