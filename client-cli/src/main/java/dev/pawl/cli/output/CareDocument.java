package dev.pawl.cli.output;

import dev.pawl.v1.AuditDataResponse;
import dev.pawl.v1.FieldDifference;
import dev.pawl.v1.RebuildDataResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code data audit} and {@code data rebuild} print. */
public final class CareDocument {
  private CareDocument() {}

  public static Map<String, @Nullable Object> json(AuditDataResponse finding) {
    return Json.object(
        "finding", Names.of(finding.getFinding()),
        "type", finding.getModelType(),
        "namespace", finding.hasKey() ? finding.getKey().getNamespace() : null,
        "instance", finding.hasKey() ? finding.getKey().getInstance() : null,
        "externalIds", finding.getExternalIdsList(),
        "differs", finding.getDiffersList().stream().map(FieldDifference::getPath).toList(),
        "message", finding.getMessage());
  }

  public static List<String> findings(List<AuditDataResponse> findings) {
    if (findings.isEmpty()) {
      return List.of("nothing is wrong");
    }
    List<String> lines = new ArrayList<>();
    for (AuditDataResponse finding : findings) {
      lines.add(Names.of(finding.getFinding()) + " " + finding.getMessage());
      finding
          .getDiffersList()
          .forEach(
              d ->
                  lines.add(
                      "  %s: %s, the API shows %s"
                          .formatted(d.getPath(), d.getStoredJson(), d.getWantedJson())));
    }
    return lines;
  }

  public static Map<String, @Nullable Object> json(RebuildDataResponse found) {
    return Json.object(
        "type", found.getKey().getModelType(),
        "namespace", found.getKey().getNamespace(),
        "instance", Json.orNull(found.getKey().getInstance()),
        "result", Names.of(found.getResult()),
        "externalIds", found.getExternalIdsList(),
        "message", found.getMessage());
  }

  public static List<String> rebuilt(List<RebuildDataResponse> found) {
    Table table = new Table("TYPE", "INSTANCE", "RESULT", "ID", "WHY");
    for (RebuildDataResponse one : found) {
      table.row(
          one.getKey().getModelType(),
          one.getKey().getInstance(),
          Names.of(one.getResult()),
          String.join(" ", one.getExternalIdsList()),
          one.getMessage());
    }
    return table.lines("");
  }
}
