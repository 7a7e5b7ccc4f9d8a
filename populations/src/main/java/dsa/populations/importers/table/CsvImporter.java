package dsa.populations.importers.table;

import dsa.core.DecimalNumber;
import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.BlockType;
import dsa.core.arch.StageSpec;
import dsa.core.arch.StagedSpec;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.io.DelimitedRows;
import dsa.core.io.MalformedFileException;
import dsa.core.io.Remedy;
import dsa.core.io.TableRows;
import dsa.core.run.ErrorKind;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.Reruns;
import dsa.core.run.TrainedModel;
import dsa.populations.importers.CountedComplexity;
import dsa.populations.importers.ImportOptions;
import dsa.populations.importers.ImportTally;
import dsa.populations.importers.Imported;
import dsa.populations.selection.SettingNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads any table of trained models: one row a model, a column of errors or accuracies, and columns
 * of costs. Columns {@code d1,w1,d2,w2,…} and, for bottleneck blocks, {@code r1,g1,…} become
 * architectures whose costs are counted anew and compared with the recorded ones, which are kept.
 *
 * <p>What the user does not say is recognised from column names and values, and reported: the
 * columns, percent or fraction, error or accuracy, raw counts or millions or billions, the block,
 * and the convention of the flops.
 */
public final class CsvImporter {

  private static final List<CsvField> COUNTS =
      List.of(CsvField.PARAMS, CsvField.FLOPS, CsvField.ACTIVATIONS);

  /** The digits, their thousands, their decimals, and the sign of percent or a unit. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "([+-]?(?:\\d{1,3}((?:,\\d{3})+)|\\d{1,15})(?<decimals>\\.\\d{1,30})?)\\s?([kKmMbBgG%])?");

  private static final Pattern MEAN_OF = Pattern.compile("(?:mean|avg|average)_of_(\\d{1,3})_");

  private final TableRows rows;
  private final String file;
  private final CsvMapping mapping;
  private final ImportOptions options;
  private final CsvColumns columns;

  /** The fields that have a column of numbers. */
  private final List<CsvField> numbers = new ArrayList<>();

  private final int statusColumn;
  private final int progressColumn;

  /** The columns that are kept beside the models' own. */
  private final List<Integer> kept;

  /** The places in {@link #kept} of settings by which rows of one id are told apart. */
  private final List<Integer> apart = new ArrayList<>();

  /** The fields in whose cells a percent sign or the letter of a unit stands. */
  private final Set<CsvField> marked = EnumSet.noneOf(CsvField.class);

  private final ImportTally tally;
  private final CountedComplexity complexities = new CountedComplexity();
  private int runs;
  private final List<Row> table = new ArrayList<>();
  private final Map<CsvField, CsvUnit> units = new EnumMap<>(CsvField.class);

  private CsvImporter(String file, TableRows rows, CsvMapping mapping, ImportOptions options)
      throws IOException {
    this.file = file;
    this.rows = rows;
    this.mapping = mapping;
    this.options = options;
    this.columns = new CsvColumns(rows, mapping);
    for (CsvField field : CsvField.values()) {
      if (field != CsvField.ID && columns.of(field).isPresent()) {
        numbers.add(field);
      }
    }
    this.statusColumn = CsvStatus.column(rows.header());
    this.progressColumn = CsvStatus.progressColumn(rows.header());
    this.kept = columns.kept();
    for (int i = 0; i < kept.size(); i++) {
      if (SettingNames.isSetting(rows.header().get(kept.get(i)))) {
        apart.add(i);
      }
    }
    this.tally =
        new ImportTally(
            options.reruns().orElse(Reruns.MEAN), kept.stream().map(rows.header()::get).toList());
    if (kept.size() >= CsvColumns.MOST_KEPT) {
      tally.note(
          "of the further columns " + CsvColumns.MOST_KEPT + " are kept, settings before others");
    }
  }

  /** One row as it stands in the file; a cell that says "no number" is not among the values. */
  private record Row(
      long line,
      long number,
      String id,
      Map<CsvField, Double> values,
      List<Stage> stages,
      String status,
      double progress,
      List<String> further) {
    OptionalDouble value(CsvField field) {
      Double value = values.get(field);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /** The cells of one stage; ratio and groups are 1 where there are no such columns. */
  private record Stage(int depth, int width, double ratio, int groups) {}

  /**
   * Reads a table.
   *
   * @param file a table with a header line, its cells divided by comma, semicolon or tab; or JSON
   *     of records, or a run history of SMAC
   * @param mapping what is known about its columns
   * @param options rows of one architecture, or of one id where no architecture is known and no
   *     costs differ, are averaged by default
   * @throws MalformedFileException if a column is missing or ambiguous, a cell is not what its
   *     column should hold, or the file is a population already
   */
  public static Imported read(Path file, CsvMapping mapping, ImportOptions options)
      throws IOException {
    try (TableRows rows = TableFile.open(file)) {
      return read(file, rows, mapping, options);
    }
  }

  /**
   * Reads an opened table, as {@link #read(Path, CsvMapping, ImportOptions)} does.
   *
   * @param file to name it by
   */
  public static Imported read(Path file, TableRows rows, CsvMapping mapping, ImportOptions options)
      throws IOException {
    return new CsvImporter(file.toString(), rows, mapping, options).read(file);
  }

  /** As given, else by {@code mean_of_3_seeds} in the name of the column or the file. */
  private int runs(String fileName) {
    for (String name : List.of(columns.name(CsvField.ERROR), fileName)) {
      Matcher mean = MEAN_OF.matcher(name.toLowerCase(Locale.ROOT) + "_");
      if (mapping.runs() == 1 && mean.find() && Integer.parseInt(mean.group(1)) > 0) {
        tally.note(
            "every row is the mean of "
                + mean.group(1)
                + " runs, by '"
                + DelimitedRows.shown(name)
                + "'");
        return Integer.parseInt(mean.group(1));
      }
    }
    return mapping.runs();
  }

  private Imported read(Path path) throws IOException {
    long records = 0;
    while (rows.next()) {
      records++;
      table.add(row(records));
    }
    keepLastReports();
    leaveOutUnfinished();
    leaveOutStopped();
    runs = runs(String.valueOf(path.getFileName()));
    for (CsvField field : numbers) {
      units.put(
          field,
          field == CsvField.ERROR
              ? errorUnit(columns.name(field), options.error())
              : countUnit(field, columns.name(field)));
    }
    String dataset = options.dataset().orElse(Task.CIFAR10.name());
    Optional<BlockType> block = block(dataset);
    List<Model> models = new ArrayList<>();
    for (Row row : table) {
      models.add(model(row, block, dataset));
    }
    Optional<FlopsConvention> convention = convention(models);
    boolean idsNameModels = block.isPresent() || idsNameModels(models);
    if (!idsNameModels) {
      numberRepeatedIds();
    }
    for (int i = 0; i < models.size(); i++) {
      while (tally.record() < table.get(i).number()) {
        tally.beginRecord();
      }
      add(models.get(i), table.get(i), convention, idsNameModels);
    }
    while (tally.record() < records) {
      tally.beginRecord();
    }
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return tally.finish(
        file,
        options.name().orElse(dot > 0 ? name.substring(0, dot) : name),
        new PopulationOrigin(
            "table " + name + ", column " + columns.name(CsvField.ERROR),
            options.dataset(),
            convention,
            errorKind(),
            tally.chanceErrorPct(options, options.dataset()),
            Optional.empty()));
  }

  /**
   * Of several reports of one trial, as Ray Tune logs one after every iteration, keeps the last:
   * with its own error, or the best of all if that is asked for.
   */
  private void keepLastReports() {
    if (progressColumn < 0) {
      return;
    }
    Map<Object, Row> last = new LinkedHashMap<>();
    for (Row row : table) {
      last.merge(List.of(row.id(), settings(row)), row, this::later);
    }
    for (int earlier = table.size() - last.size(); earlier > 0; earlier--) {
      tally.leaveOut("earlier reports of a trial");
    }
    table.clear();
    table.addAll(last.values());
    table.sort(Comparator.comparingLong(Row::number));
  }

  private Row later(Row a, Row b) {
    Row later = b.progress() >= a.progress() ? b : a;
    if (options.error() != ErrorKind.MIN
        || a.value(CsvField.ERROR).isEmpty()
        || b.value(CsvField.ERROR).isEmpty()) {
      return later;
    }
    double one = a.value(CsvField.ERROR).getAsDouble();
    double other = b.value(CsvField.ERROR).getAsDouble();
    Map<CsvField, Double> values = new EnumMap<>(later.values());
    values.put(CsvField.ERROR, isAccuracy() ? Math.max(one, other) : Math.min(one, other));
    return new Row(
        later.line(),
        later.number(),
        later.id(),
        values,
        later.stages(),
        later.status(),
        later.progress(),
        later.further());
  }

  private boolean isAccuracy() {
    CsvUnit given = mapping.units().get(CsvField.ERROR);
    return given == null
        ? CsvColumns.isAccuracy(CsvColumns.words(columns.name(CsvField.ERROR)))
        : given.isAccuracy();
  }

  /** The cells of a row's settings but for seeds. */
  private List<String> settings(Row row) {
    return apart.stream().map(row.further()::get).toList();
  }

  /**
   * Takes rows from the table whose status says that they did not finish: their last numbers are no
   * results.
   */
  private void leaveOutUnfinished() {
    if (statusColumn < 0
        || mapping.keepUnfinished()
        || table.stream().noneMatch(row -> CsvStatus.isKnown(CsvStatus.word(row.status())))) {
      return;
    }
    String column = DelimitedRows.shown(rows.header().get(statusColumn));
    if (progressColumn >= 0
        && column.equals("done")
        && table.stream().noneMatch(row -> CsvStatus.isFinished(CsvStatus.word(row.status())))) {
      tally.note(
          "column 'done' says of no trial that it ended, which a function that returns does not"
              + " say; those count as finished that went furthest");
      return;
    }
    for (Row row : table) {
      String word = CsvStatus.word(row.status());
      if (!CsvStatus.isFinished(word)) {
        tally.leaveOut(
            "not finished ("
                + column
                + " "
                + (word.isEmpty() ? "empty" : DelimitedRows.shown(word))
                + ")");
      }
    }
    if (table.removeIf(row -> !CsvStatus.isFinished(CsvStatus.word(row.status())))) {
      tally.note("rows are left out that column '" + column + "' calls unfinished", Remedy.PARTIAL);
    }
  }

  /** Takes rows from the table that were given up before others were, as by a scheduler. */
  private void leaveOutStopped() {
    double furthest = table.stream().mapToDouble(Row::progress).max().orElse(Double.NaN);
    if (progressColumn < 0 || mapping.keepUnfinished() || !(furthest > 0)) {
      return;
    }
    String column = rows.header().get(progressColumn);
    int before = table.size();
    table.removeIf(row -> row.progress() < furthest);
    for (int stopped = before - table.size(); stopped > 0; stopped--) {
      tally.leaveOut("stopped early (" + column + " below " + plain(furthest) + ")");
    }
    if (table.size() < before) {
      tally.note(
          "rows are left out that ended before " + column + " " + plain(furthest), Remedy.PARTIAL);
    }
  }

  private Row row(long number) throws MalformedFileException {
    Map<CsvField, Double> values = new EnumMap<>(CsvField.class);
    for (CsvField field : numbers) {
      int column = columns.of(field).getAsInt();
      if (!DelimitedRows.isAbsent(rows.cell(column))) {
        values.put(field, number(field, column));
      }
    }
    List<Stage> stages = new ArrayList<>(columns.stages().size());
    for (int[] column : columns.stages()) {
      stages.add(
          columns.bottleneck()
              ? new Stage(
                  whole(column[0]), whole(column[1]), rows.number(column[2]), whole(column[3]))
              : new Stage(whole(column[0]), whole(column[1]), 1, 1));
    }
    OptionalInt id = columns.of(CsvField.ID);
    return new Row(
        rows.line(),
        number,
        id.isPresent() ? rows.cell(id.getAsInt()) : "",
        values,
        stages,
        statusColumn < 0 ? "" : rows.cell(statusColumn),
        progressColumn >= 0 && DecimalNumber.is(rows.cell(progressColumn))
            ? DecimalNumber.parse(rows.cell(progressColumn))
            : -1,
        kept.stream().map(rows::cell).toList());
  }

  /**
   * The number in a cell; {@code 1,014.45} is 1014.45, {@code 93.5%} is 93.5 percent, and {@code
   * 61.1M} of a count is 61,100,000.
   */
  private double number(CsvField field, int column) throws MalformedFileException {
    Matcher written = WRITTEN.matcher(rows.cell(column));
    if (!written.matches()
        || (written.group(2) == null && written.group(4) == null)
        || (rows.delimiter() != ','
            && written.group(2) != null
            && written.group("decimals") == null)) {
      return rows.number(column);
    }
    String mark = written.group(4) == null ? "" : written.group(4).toLowerCase(Locale.ROOT);
    if (!mark.isEmpty() && mark.equals("%") != (field == CsvField.ERROR)) {
      return rows.number(column);
    }
    BigDecimal value = new BigDecimal(written.group(1).replace(",", ""));
    if (!mark.isEmpty()) {
      marked.add(field);
    }
    int shift =
        switch (mark) {
          case "k" -> 3;
          case "m" -> 6;
          case "b", "g" -> 9;
          default -> 0;
        };
    return value.movePointRight(shift).doubleValue();
  }

  private int whole(int column) throws MalformedFileException {
    double value = rows.number(column);
    if (!(value >= 1 && value <= 1_000_000 && value == Math.rint(value))) {
      throw rows.malformed(
          "'"
              + DelimitedRows.shown(rows.cell(column))
              + "' in column '"
              + rows.header().get(column)
              + "' is not a whole number from 1 to 1,000,000");
    }
    return (int) value;
  }

  private CsvUnit errorUnit(String name, ErrorKind asked) {
    CsvUnit given = mapping.units().get(CsvField.ERROR);
    if (given != null) {
      note("error", name, given, "as given");
      return given;
    }
    List<String> words = CsvColumns.words(name);
    boolean accuracy = CsvColumns.isAccuracy(words);
    double largest = largest(CsvField.ERROR);
    boolean fraction =
        largest <= 1
            && !marked.contains(CsvField.ERROR)
            && !words.contains("pct")
            && !words.contains("percent");
    CsvUnit unit =
        accuracy
            ? fraction ? CsvUnit.ACCURACY_FRACTION : CsvUnit.ACCURACY_PERCENT
            : fraction ? CsvUnit.ERROR_FRACTION : CsvUnit.ERROR_PERCENT;
    note(
        "error",
        name,
        unit,
        "by its name and its largest value "
            + plain(largest)
            + (asked == ErrorKind.UNSTATED ? "" : ", " + asked.label())
            + (words.contains("cost") ? "; it is what the search made small" : ""));
    if (!fraction && !marked.contains(CsvField.ERROR)) {
      noteFractions(name);
    }
    return unit;
  }

  /** Warns of single values up to 1 among percents far above. */
  private void noteFractions(String name) {
    double[] values =
        table.stream()
            .flatMapToDouble(row -> row.value(CsvField.ERROR).stream())
            .filter(value -> value > 0)
            .sorted()
            .toArray();
    long small = Arrays.stream(values).filter(value -> value <= 1).count();
    if (small > 0 && values[values.length / 2] >= 5) {
      tally.note(
          "warning: "
              + small
              + (small == 1 ? " value" : " values")
              + " of column '"
              + DelimitedRows.shown(name)
              + "' up to 1 among percents, such as "
              + plain(values[0])
              + (small == 1 ? ", looks like a fraction" : ", look like fractions"));
    }
  }

  private CsvUnit countUnit(CsvField field, String name) {
    CsvUnit given = mapping.units().get(field);
    if (given != null) {
      note(field.label(), name, given, "as given");
      return given;
    }
    if (marked.contains(field)) {
      note(field.label(), name, CsvUnit.RAW, "by the units in its cells");
      return CsvUnit.RAW;
    }
    CsvUnit named = namedUnit(CsvColumns.words(name));
    if (named != null) {
      note(field.label(), name, named, "by its name");
      return named;
    }
    double largest = largest(field);
    CsvUnit unit;
    if (largest >= (field == CsvField.FLOPS ? 1e6 : 1e4)) {
      unit = CsvUnit.RAW;
    } else {
      unit = field == CsvField.FLOPS && largest < 100 ? CsvUnit.BILLIONS : CsvUnit.MILLIONS;
    }
    note(field.label(), name, unit, "by its largest value " + plain(largest));
    return unit;
  }

  private static String plain(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }

  private static CsvUnit namedUnit(List<String> words) {
    for (String word : words) {
      switch (word) {
        case "k" -> {
          return CsvUnit.THOUSANDS;
        }
        case "m", "mparams", "mflops", "mmacs", "macts", "million", "millions" -> {
          return CsvUnit.MILLIONS;
        }
        case "b", "g", "gflops", "gmacs", "billion", "billions" -> {
          return CsvUnit.BILLIONS;
        }
        default -> {}
      }
    }
    return null;
  }

  private void note(String what, String column, CsvUnit unit, String why) {
    tally.note(
        what + ": column '" + DelimitedRows.shown(column) + "' in " + unit.label() + ", " + why);
  }

  private double largest(CsvField field) {
    double largest = 0;
    for (Row row : table) {
      largest = Math.max(largest, row.value(field).orElse(largest));
    }
    return largest;
  }

  private ErrorKind errorKind() {
    if (options.error() != ErrorKind.UNSTATED) {
      return options.error();
    }
    List<String> words = CsvColumns.words(columns.name(CsvField.ERROR));
    String smallest = units.get(CsvField.ERROR).isAccuracy() ? "max" : "min";
    if (words.contains(smallest) || words.contains("best")) {
      return ErrorKind.MIN;
    }
    return words.contains("last") || words.contains("final") ? ErrorKind.LAST : ErrorKind.UNSTATED;
  }

  /** A row in the project's own units. */
  private record Model(
      OptionalDouble error,
      RecordedComplexity recorded,
      Optional<StagedSpec> spec,
      Optional<Complexity> counted) {}

  private Model model(Row row, Optional<BlockType> block, String dataset)
      throws MalformedFileException {
    OptionalDouble error = OptionalDouble.empty();
    if (row.value(CsvField.ERROR).isPresent()) {
      CsvUnit unit = units.get(CsvField.ERROR);
      double raw = row.value(CsvField.ERROR).getAsDouble();
      double value = unit.errorPct(raw);
      if (!(value >= 0 && value <= 100)) {
        throw malformed(
            row,
            raw + " in column '" + columns.name(CsvField.ERROR) + "' is no " + unit.label(),
            Remedy.ERROR_UNIT);
      }
      error = OptionalDouble.of(value);
    }
    OptionalLong[] counts = new OptionalLong[COUNTS.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = count(row, COUNTS.get(i));
    }
    RecordedComplexity recorded = new RecordedComplexity(counts[0], counts[1], counts[2]);
    if (block.isEmpty()) {
      return new Model(error, recorded, Optional.empty(), Optional.empty());
    }
    StagedSpec spec = spec(row, block.get());
    return new Model(error, recorded, Optional.of(spec), complexities.of(spec, task(dataset)));
  }

  private static Task task(String dataset) {
    return dataset.equals(Task.IMAGENET.name()) ? Task.IMAGENET : Task.CIFAR10;
  }

  private OptionalLong count(Row row, CsvField field) throws MalformedFileException {
    if (row.value(field).isEmpty()) {
      return OptionalLong.empty();
    }
    double value = row.value(field).getAsDouble();
    CsvUnit unit = units.get(field);
    try {
      long count = unit.count(value);
      if (count >= 0 && (unit != CsvUnit.RAW || unit.isWhole(value))) {
        return OptionalLong.of(count);
      }
    } catch (ArithmeticException e) {
      // beyond 2^63 - 1: no count, as below
    }
    throw malformed(
        row,
        value + " in column '" + columns.name(field) + "' is no count in " + unit.label(),
        field.unitRemedy());
  }

  private StagedSpec spec(Row row, BlockType block) throws MalformedFileException {
    List<StageSpec> stages = new ArrayList<>();
    try {
      for (Stage stage : row.stages()) {
        int stride = stages.isEmpty() ? 1 : 2;
        stages.add(
            block.hasBottleneck()
                ? StageSpec.bottleneck(
                    stage.depth(),
                    stage.width(),
                    stride,
                    stage.ratio() > 1 ? 1 / stage.ratio() : stage.ratio(),
                    stage.groups())
                : StageSpec.plain(stage.depth(), stage.width(), stride));
      }
      return StagedSpec.cifar(block, stages);
    } catch (IllegalArgumentException e) {
      throw malformed(row, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The block the stage columns are of: as given, by its columns, or the one whose params agree.
   */
  private Optional<BlockType> block(String dataset) throws MalformedFileException {
    if (columns.stages().isEmpty() || dataset.equals(Task.IMAGENET.name())) {
      return Optional.empty();
    }
    String found = columns.stages().size() + " stages by columns d1, w1, …: ";
    if (mapping.block().isPresent()) {
      if (mapping.block().get().hasBottleneck() != columns.bottleneck()) {
        throw new MalformedFileException(
            file,
            1,
            "the columns r1, g1, … of bottleneck blocks "
                + (columns.bottleneck() ? "are there" : "are missing"),
            Remedy.SPACE);
      }
      tally.note(found + mapping.block().get().label() + " blocks, as given");
      return mapping.block();
    }
    if (columns.bottleneck()) {
      tally.note(found + "bottleneck blocks, by columns r1, g1, …");
      return Optional.of(BlockType.BOTTLENECK);
    }
    for (BlockType candidate : List.of(BlockType.RESIDUAL, BlockType.VANILLA)) {
      if (paramsAgree(candidate, dataset)) {
        tally.note(found + candidate.label() + " blocks, whose params agree");
        return Optional.of(candidate);
      }
    }
    tally.note(found + "neither residual nor vanilla blocks have these params", Remedy.SPACE);
    return Optional.empty();
  }

  private boolean paramsAgree(BlockType block, String dataset) throws MalformedFileException {
    int agreed = 0;
    for (Row row : table.subList(0, Math.min(table.size(), 100))) {
      Model model = model(row, Optional.of(block), dataset);
      if (model.recorded().params().isPresent()) {
        OptionalLong counted =
            model
                .counted()
                .map(Complexity::params)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        if (!counted.equals(model.recorded().params())) {
          return false;
        }
        agreed++;
      }
    }
    return agreed > 0;
  }

  /** As given, by the column's name, or the one whose counts agree in more rows. */
  private Optional<FlopsConvention> convention(List<Model> models) {
    if (units.get(CsvField.FLOPS) == null) {
      return mapping.flops();
    }
    if (mapping.flops().isPresent()) {
      tally.note("flops are counted as " + mapping.flops().get().label() + ", as given");
      return mapping.flops();
    }
    for (FlopsConvention convention : FlopsConvention.values()) {
      long agreed =
          models.stream()
              .filter(model -> model.counted().isPresent() && model.recorded().flops().isPresent())
              .filter(
                  model ->
                      model.counted().get().flops(convention)
                          == model.recorded().flops().getAsLong())
              .count();
      if (agreed * 2 > models.size()) {
        tally.note("flops are counted as " + convention.label() + ": " + agreed + " rows agree");
        return Optional.of(convention);
      }
    }
    List<String> words = CsvColumns.words(columns.name(CsvField.FLOPS));
    if (words.stream().anyMatch(word -> word.endsWith("macs") || word.contains("adds"))) {
      tally.note("flops are counted as macs, by the column's name");
      return Optional.of(FlopsConvention.MACS);
    }
    tally.note("how flops are counted is not known", Remedy.FLOPS_CONVENTION);
    return Optional.empty();
  }

  /** Whether rows of one id may be runs of one network: none differ in what they cost. */
  private boolean idsNameModels(List<Model> models) {
    Map<String, RecordedComplexity> costs = new HashMap<>();
    for (int i = 0; i < models.size(); i++) {
      RecordedComplexity cost = models.get(i).recorded();
      RecordedComplexity first = costs.putIfAbsent(table.get(i).id(), cost);
      if (first != null
          && !table.get(i).id().isBlank()
          && (ImportTally.differ(first.params(), cost.params())
              || ImportTally.differ(first.flops(), cost.flops()))) {
        return false;
      }
    }
    return true;
  }

  private void numberRepeatedIds() {
    Map<String, Integer> rowsOf = new HashMap<>();
    table.forEach(row -> rowsOf.merge(row.id(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    table.replaceAll(
        row ->
            row.id().isBlank() || rowsOf.get(row.id()) == 1
                ? row
                : new Row(
                    row.line(),
                    row.number(),
                    row.id() + "-" + seen.merge(row.id(), 1, Integer::sum),
                    row.values(),
                    row.stages(),
                    row.status(),
                    row.progress(),
                    row.further()));
    tally.note(
        "column '"
            + DelimitedRows.shown(columns.name(CsvField.ID))
            + "' repeats for models of different costs, so it names no single model: every row is a"
            + " model, and repeated names are numbered");
  }

  private void add(
      Model model, Row row, Optional<FlopsConvention> convention, boolean idsNameModels) {
    RecordedComplexity complexity = model.recorded();
    if (model.counted().isPresent()) {
      Complexity counted = model.counted().get();
      complexity =
          tally.checked(
              complexity,
              new RecordedComplexity(
                  OptionalLong.of(counted.params()),
                  convention
                      .map(known -> OptionalLong.of(counted.flops(known)))
                      .orElse(OptionalLong.empty()),
                  OptionalLong.of(counted.activations())));
    }
    String id = row.id().isBlank() ? Long.toString(tally.record()) : row.id();
    Object network = tally.record();
    if (model.spec().isPresent()) {
      network = model.spec().get();
    } else if (idsNameModels && !row.id().isBlank()) {
      network = row.id();
    }
    if (!apart.isEmpty()) {
      network = List.of(network, settings(row)); // rows that differ in a setting are no reruns
    }
    tally.add(
        network,
        new TrainedModel(
            id, model.error(), complexity, model.spec().map(spec -> (ArchitectureSpec) spec), runs),
        row.further());
  }

  private MalformedFileException malformed(Row row, String what, Remedy remedy) {
    return new MalformedFileException(file, row.line(), what, remedy);
  }

  private MalformedFileException malformed(Row row, String what) {
    return new MalformedFileException(file, row.line(), what);
  }
}
