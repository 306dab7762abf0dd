package dev.pawl.core.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.core.Refused;
import dev.pawl.model.MethodException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Permission bits, written as {@code 0644}. */
final class Modes {
  private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");

  /** In the order of their bits, the highest first. */
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OWNER_READ,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_EXECUTE
  };

  private Modes() {}

  /** What {@code mode} or {@code executable} ask for; 0644 unless they do. */
  static Set<PosixFilePermission> wanted(JsonNode arguments) throws MethodException {
    boolean executable = arguments.path("executable").asBoolean();
    if (!arguments.hasNonNull("mode")) {
      return of(executable ? 0755 : 0644);
    }
    String mode = arguments.path("mode").asText();
    if (arguments.has("executable") || !OCTAL.matcher(mode).matches()) {
      throw Refused.arguments(
          "mode '" + mode + "' must be three octal digits, such as 0640, and without 'executable'");
    }
    int bits = Integer.parseInt(mode, 8);
    if ((bits & 0400) == 0) {
      throw Refused.arguments("mode '" + mode + "' must let the owner read: the file is kept");
    }
    return of(bits);
  }

  static String text(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission each : BITS) {
      bits = bits << 1 | (permissions.contains(each) ? 1 : 0);
    }
    return String.format("%04o", bits);
  }

  private static Set<PosixFilePermission> of(int bits) {
    Set<PosixFilePermission> out = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((bits >> (BITS.length - 1 - i) & 1) == 1) {
        out.add(BITS[i]);
      }
    }
    return out;
  }
}
