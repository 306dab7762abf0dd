package dev.pawl.codegen;

import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.output.CompileModels;
import dev.pawl.codegen.output.LoadModels;
import dev.pawl.model.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * Generated classes, compiled as strictly as a build would and loaded without touching the disk.
 *
 * @param models all of them, found as a server finds them
 */
record Generated(List<Model> models) {

  static Generated of(Api api) {
    return of(new EmitApi(api));
  }

  /** The same of what is about to be emitted. */
  static Generated of(EmitApi emit) {
    List<GeneratedFile> files = new ArrayList<>(CompileModels.run(emit.sources().toList()));
    files.addAll(emit.resources().toList());
    return new Generated(LoadModels.run(files));
  }

  /** A class that was generated beside the models. */
  Class<?> loadClass(String name) throws ClassNotFoundException {
    return Class.forName(name, false, models.get(0).getClass().getClassLoader());
  }
}
