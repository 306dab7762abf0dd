package dev.pawl.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Rows under aligned headings. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(headings.clone());
  }

  public void row(String... cells) {
    rows.add(cells.clone());
  }

  /** The table, and how to see more of it. */
  public List<String> lines(String nextPageToken) {
    int columns = rows.getFirst().length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    if (!nextPageToken.isEmpty()) {
      lines.add("more with: --page-token " + nextPageToken);
    }
    return lines;
  }
}
