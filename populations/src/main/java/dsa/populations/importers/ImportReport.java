package dsa.populations.importers;

import dsa.core.io.Remark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an import found and did. Every record read is accounted for: {@code read = kept + merged +}
 * the sum of {@code leftOut}.
 *
 * @param read records in the source
 * @param kept models of the population
 * @param merged records folded into another of the same network
 * @param diverged models that diverged: no number, or no better than guessing
 * @param leftOut how many records were left out, by reason
 * @param architectures records whose network was recognised
 * @param checked those of them whose recorded costs were compared with counted ones
 * @param mismatched checked records whose recorded costs differ; the recorded ones are kept
 * @param notes what was recognised and assumed, one sentence each
 */
public record ImportReport(
    long read,
    int kept,
    int merged,
    int diverged,
    Map<String, Integer> leftOut,
    int architectures,
    int checked,
    int mismatched,
    List<Remark> notes) {

  /** Copies the map, keeping its order, and the notes. */
  public ImportReport {
    leftOut = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    notes = List.copyOf(notes);
  }

  /** One line of what was read and taken as the error, then the warnings. */
  public List<Remark> summary() {
    List<Remark> lines = new ArrayList<>();
    String error =
        notes.stream()
            .map(Remark::text)
            .filter(text -> text.startsWith("error: "))
            .map(text -> "; " + text.replaceFirst("(;|, by its name and ).*", ""))
            .findFirst()
            .orElse("");
    lines.add(Remark.of(records() + error));
    for (Remark note : notes) {
      if (note.text().startsWith("warning: ")) {
        lines.add(note);
      }
    }
    return lines;
  }

  private String records() {
    int omitted = leftOut.values().stream().mapToInt(Integer::intValue).sum();
    return read
        + " records read: "
        + kept
        + " models kept ("
        + diverged
        + " diverged), "
        + merged
        + " reruns merged, "
        + omitted
        + " left out"
        + (omitted == 0
            ? ""
            : leftOut.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", " (", ")")));
  }

  /** The whole report: what became of the records, then the notes. */
  public List<Remark> remarks() {
    List<Remark> lines = new ArrayList<>();
    lines.add(Remark.of(records()));
    lines.add(
        Remark.of(
            architectures == 0
                ? "complexity not checked: no architecture was recognised"
                : checked == 0
                    ? "complexity not checked: none is recorded beside "
                        + architectures
                        + " architectures"
                    : "complexity checked against the architecture: "
                        + (checked - mismatched)
                        + " of "
                        + checked
                        + " exact"));
    lines.addAll(notes);
    return lines;
  }
}
