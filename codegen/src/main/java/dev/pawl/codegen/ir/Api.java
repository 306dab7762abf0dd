package dev.pawl.codegen.ir;

import dev.pawl.model.rest.ApiDescriptor;
import java.util.List;

/**
 * All that was understood of an API.
 *
 * @param name the first part of its model types
 * @param title in the document's words
 * @param descriptor where it lives and how one signs in
 * @param resources sorted by kind
 * @param skipped every POST that is no resource's create, sorted by path
 * @param warnings what is wrong with the document
 */
public record Api(
    String name,
    String title,
    ApiDescriptor descriptor,
    List<Resource> resources,
    List<Skipped> skipped,
    List<String> warnings) {
  public Api {
    resources = List.copyOf(resources);
    skipped = List.copyOf(skipped);
    warnings = List.copyOf(warnings);
  }
}
