package dev.pawl.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which room may know which. */
@AnalyzeClasses(packages = "dev.pawl.server", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "dev.pawl.server";
  private static final String[] WIRE = {
    "dev.pawl.v1..", "io.grpc..", "com.google.protobuf..", "com.google.rpc.."
  };

  @ArchTest
  static final ArchRule NOUNS =
      classes()
          .that()
          .resideInAnyPackage(ROOT + ".run", ROOT + ".workflow")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.pawl.model",
              "com.fasterxml.jackson..",
              "org.jspecify.annotations",
              ROOT + ".run",
              ROOT + ".workflow")
          .because("everyone may see the nouns, so they may see nobody");

  @ArchTest
  static final ArchRule STORE =
      classes()
          .that()
          .resideInAPackage(ROOT + ".store")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.pawl.model..",
              "com.fasterxml.jackson..",
              "org.jspecify.annotations",
              ROOT + ".run",
              ROOT + ".workflow",
              ROOT + ".store")
          .because("the seam says what must be durable; how is its implementations' business");

  @ArchTest
  static final ArchRule POSTGRES =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".store.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".engine..", ROOT + ".api..", ROOT + ".models..", ROOT + ".language..")
          .because("a store that knew who uses it could not be wrapped or replaced");

  @ArchTest
  static final ArchRule ENGINE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".engine..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(WIRE)
                  .or(
                      resideInAnyPackage(
                          "org.jooq..",
                          "dev.pawl.schema..",
                          ROOT + ".store.postgres..",
                          ROOT + ".api..",
                          ROOT + ".wiring..")))
          .because("the engine must be testable without a wire, and the store is a seam");

  @ArchTest
  static final ArchRule API =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jooq..", "dev.pawl.schema..", ROOT + ".store.postgres..", ROOT + ".wiring..")
          .because("the wire speaks to the verbs; rows are not its business");

  @ArchTest
  static final ArchRule LANGUAGE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".language..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".engine..",
              ROOT + ".api..",
              ROOT + ".models..",
              ROOT + ".store..",
              ROOT + ".wiring..")
          .because("a file is read and checked where no server runs");

  @ArchTest
  static final ArchRule MODELS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".models..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(WIRE)
                  .or(
                      resideInAnyPackage(
                          "org.jooq..",
                          ROOT + ".store.postgres..",
                          ROOT + ".engine..",
                          ROOT + ".api..",
                          ROOT + ".wiring..")))
          .because("a model is called, it does not know by whom, nor where its state is kept");

  @ArchTest
  static final ArchRule WIRING =
      noClasses()
          .that(
              JavaClass.Predicates.resideOutsideOfPackages(ROOT + ".wiring..", ROOT)
                  .and(JavaClass.Predicates.resideInAPackage(ROOT + "..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".wiring..")
          .because("what joins the rooms is not one of them");
}
