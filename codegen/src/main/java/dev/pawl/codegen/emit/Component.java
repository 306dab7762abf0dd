package dev.pawl.codegen.emit;

import com.palantir.javapoet.TypeName;

/**
 * One member of a record to be written.
 *
 * @param json its name in JSON
 * @param java its name in Java
 * @param type its boxed type
 * @param required whether it may not be null
 * @param nullable whether a null can be sent
 * @param javadoc harmless words; may be empty
 */
record Component(
    String json, String java, TypeName type, boolean required, boolean nullable, String javadoc) {}
