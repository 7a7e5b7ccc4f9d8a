package dsa.search.table;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.random.SeedPath;
import dsa.core.run.TrainedNetwork;
import dsa.search.ChoiceSpace;
import dsa.search.Encoding;
import dsa.search.Evaluator;
import dsa.search.SearchSpace;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Every network of a space, trained: a strategy that runs on it is measured exactly. Or a mere
 * sample of a larger space, on which random search alone can be replayed.
 *
 * <p>What a strategy is told is never what is reported of it. It is told the error of one training,
 * the <em>signal</em>; what it found is reported as the mean error over all trainings of the
 * network. Of the best of several trainings of luck the first speaks too well.
 */
public final class EnumeratedTable {

  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(22);

  private final Indexed space;
  private final int runs;
  private final int epochs;
  private final double[][] errors; // of each training, of each network
  private final double[][][] curves; // of each training, of each network, of each epoch; or null
  private final double[] reported; // of each network
  private final double[] costs; // of each network

  private EnumeratedTable(
      Indexed space, int epochs, List<TrainedNetwork> networks, double[] costs) {
    this.space = space;
    this.epochs = epochs;
    this.costs = costs;
    runs = networks.get(0).errorsPct().size();
    errors = new double[runs][networks.size()];
    reported = new double[networks.size()];
    boolean withCurves = networks.stream().noneMatch(row -> row.curves().isEmpty());
    curves = withCurves ? new double[runs][networks.size()][] : null;
    for (int i = 0; i < networks.size(); i++) {
      TrainedNetwork row = networks.get(i);
      if (row.errorsPct().size() != runs) {
        throw new IllegalArgumentException(
            row.id()
                + " has "
                + row.errorsPct().size()
                + " trainings, "
                + networks.get(0).id()
                + " has "
                + runs
                + "; a table gives every network equally many");
      }
      double sum = 0;
      for (int r = 0; r < runs; r++) {
        errors[r][i] = row.errorsPct().get(r);
        sum += errors[r][i];
        if (withCurves) {
          curves[r][i] = row.curves().get(r).stream().mapToDouble(Double::doubleValue).toArray();
        }
      }
      reported[i] = sum / runs;
    }
  }

  /**
   * The table of a whole space.
   *
   * @param space whose every encoding must have a network among the rows
   * @param rows trained networks, found by their architecture; those of other spaces are left out
   * @param epochs what they were trained for
   * @throws IncompleteException if a network of the space is missing: the rows are then a sample,
   *     on which strategies cannot be measured
   */
  public static EnumeratedTable of(ChoiceSpace space, List<TrainedNetwork> rows, int epochs) {
    if (space.size().compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          space.name() + " has " + space.size() + " encodings; no table holds them all");
    }
    Map<ArchitectureSpec, Integer> rowOf = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int row = i;
      rows.get(i).architecture().ifPresent(spec -> rowOf.putIfAbsent(spec.canonical(), row));
    }
    int size = space.size().intValueExact();
    int[] networkOf = new int[size];
    Encoding[] first = new Encoding[size];
    String[] texts = new String[size];
    Map<Integer, Integer> numbers = new HashMap<>(); // of rows, in the order they are first met
    int[] rowsInOrder = new int[size];
    int missing = 0;
    String example = "";
    int[] radix = radix(space);
    for (int index = 0; index < size; index++) {
      Encoding encoding = encoding(index, space, radix);
      texts[index] = space.text(encoding);
      Integer row = rowOf.get(space.network(encoding));
      if (row == null) {
        missing++;
        example = example.isEmpty() ? texts[index] : example;
        continue;
      }
      Integer number = numbers.get(row);
      if (number == null) {
        number = numbers.size();
        numbers.put(row, number);
        rowsInOrder[number] = row;
        first[number] = encoding;
      }
      networkOf[index] = number;
    }
    if (missing > 0) {
      throw new IncompleteException(
          "the networks are a sample of "
              + space.name()
              + ": "
              + missing
              + " of its "
              + size
              + " encodings are not among them, such as "
              + example
              + "; a strategy would propose these, so that only random search can be replayed on"
              + " it");
    }
    List<TrainedNetwork> networks =
        IntStream.range(0, numbers.size()).mapToObj(n -> rows.get(rowsInOrder[n])).toList();
    double[] costs = new double[networks.size()];
    for (int n = 0; n < costs.length; n++) {
      costs[n] =
          networks.get(n).complexity().flops().isPresent()
              ? networks.get(n).complexity().flops().getAsLong()
              : space.cost(first[n]);
    }
    boolean[] ordered = new boolean[space.positions()];
    int[] options = new int[space.positions()];
    for (int i = 0; i < options.length; i++) {
      options[i] = space.options(i);
      ordered[i] = space.ordered(i);
    }
    return new EnumeratedTable(
        new Indexed(space.name(), options, ordered, radix, networkOf, costs, texts, true),
        epochs,
        networks,
        costs);
  }

  /**
   * A sample of a larger space, on which random search alone can be replayed.
   *
   * @param name what reports call it
   * @param rows at least one
   * @param epochs what they were trained for
   */
  public static EnumeratedTable sample(String name, List<TrainedNetwork> rows, int epochs) {
    double[] costs = rows.stream().mapToDouble(row -> row.complexity().flops().orElse(0)).toArray();
    return new EnumeratedTable(
        new Indexed(
            name,
            new int[] {rows.size()},
            new boolean[1],
            new int[] {1},
            IntStream.range(0, rows.size()).toArray(),
            costs,
            rows.stream().map(TrainedNetwork::id).toArray(String[]::new),
            false),
        epochs,
        rows,
        costs);
  }

  private static int[] radix(SearchSpace space) {
    int[] radix = new int[space.positions()];
    int product = 1;
    for (int i = radix.length - 1; i >= 0; i--) {
      radix[i] = product;
      product *= space.options(i);
    }
    return radix;
  }

  private static Encoding encoding(int index, SearchSpace space, int[] radix) {
    int[] options = new int[radix.length];
    for (int i = 0; i < options.length; i++) {
      options[i] = index / radix[i] % space.options(i);
    }
    return Encoding.of(options);
  }

  /** A space whose encodings are numbered, so that everything about them is looked up. */
  private static final class Indexed implements SearchSpace {

    private final String name;
    private final int[] options;
    private final boolean[] ordered;
    private final int[] radix;
    private final int[] networkOf;
    private final double[] costs;
    private final String[] texts;
    private final boolean hasNeighbours;

    Indexed(
        String name,
        int[] options,
        boolean[] ordered,
        int[] radix,
        int[] networkOf,
        double[] costs,
        String[] texts,
        boolean hasNeighbours) {
      this.name = name;
      this.options = options;
      this.ordered = ordered;
      this.radix = radix;
      this.networkOf = networkOf;
      this.costs = costs;
      this.texts = texts;
      this.hasNeighbours = hasNeighbours;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean hasNeighbours() {
      return hasNeighbours;
    }

    int index(Encoding encoding) {
      int index = 0;
      for (int i = 0; i < radix.length; i++) {
        index += radix[i] * encoding.at(i);
      }
      return index;
    }

    @Override
    public int positions() {
      return options.length;
    }

    @Override
    public int options(int position) {
      return options[position];
    }

    @Override
    public boolean ordered(int position) {
      return ordered[position];
    }

    @Override
    public Integer network(Encoding encoding) {
      return networkOf[index(encoding)];
    }

    @Override
    public double cost(Encoding encoding) {
      return costs[networkOf[index(encoding)]];
    }

    @Override
    public String text(Encoding encoding) {
      return texts[index(encoding)];
    }
  }

  /** Networks of a space are missing, so that strategies cannot be measured. */
  public static final class IncompleteException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private IncompleteException(String message) {
      super(message);
    }
  }

  /** Which training of a network a search is told of. */
  public static final class Signal {

    private final int run; // or -1: drawn for each search
    private final String label;

    private Signal(int run, String label) {
      this.run = run;
      this.label = label;
    }

    /** The same training of every network, drawn for each search. */
    public static final Signal RANDOM = new Signal(-1, "random");

    /** The same training of every network, from 1. */
    public static Signal ofRun(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("run " + number + " < 1");
      }
      return new Signal(number - 1, Integer.toString(number));
    }

    /** {@code random}, or the number of a training. */
    public static Signal parse(String text) {
      if (text.equals("random")) {
        return RANDOM;
      }
      if (!text.matches("[1-9][0-9]{0,3}")) {
        throw new IllegalArgumentException(
            "signal '" + text + "' is neither 'random' nor the number of a training");
      }
      return ofRun(Integer.parseInt(text));
    }

    /** As {@link #parse} reads it. */
    public String label() {
      return label;
    }
  }

  /** What strategies search. */
  public SearchSpace space() {
    return space;
  }

  /** How many encodings it has. */
  public int encodings() {
    return space.networkOf.length;
  }

  /** How many different networks. */
  public int networks() {
    return reported.length;
  }

  /** Trainings of each network. */
  public int runs() {
    return runs;
  }

  /** Epochs of a whole training. */
  public int epochs() {
    return epochs;
  }

  /** Whether errors are known after fewer epochs than all. */
  public boolean hasCurves() {
    return curves != null;
  }

  /** The reported value of a network: the mean error over its trainings, percent. */
  public double reportedPct(Encoding encoding) {
    return reported[space.networkOf[space.index(encoding)]];
  }

  /** The smallest reported value: what regret is measured from, percent. */
  public double bestPct() {
    return Arrays.stream(reported).min().orElseThrow();
  }

  /** The largest cost of a network, multiply-adds. */
  public double largestCost() {
    return Arrays.stream(costs).max().orElseThrow();
  }

  /** The cost of the network of each encoding, multiply-adds, by encoding. */
  public double[] costs() {
    return IntStream.of(space.networkOf).mapToDouble(n -> costs[n]).toArray();
  }

  /** The reported value of the network of each encoding, percent, by encoding. */
  public double[] reportedPct() {
    return IntStream.of(space.networkOf).mapToDouble(n -> reported[n]).toArray();
  }

  /** The signal of the network of each encoding, percent, as one search is told. */
  public double[] signalPct(Signal signal, SeedPath search) {
    return signalPct(run(signal, search));
  }

  /** The same of each training that a search may be told of. */
  public List<double[]> signalsPct(Signal signal) {
    return signal.run >= 0
        ? List.of(signalPct(run(signal, SeedPath.root(0))))
        : IntStream.range(0, runs).mapToObj(this::signalPct).toList();
  }

  private double[] signalPct(int run) {
    return IntStream.of(space.networkOf).mapToDouble(n -> errors[run][n]).toArray();
  }

  private int run(Signal signal, SeedPath search) {
    if (signal.run >= runs) {
      throw new IllegalArgumentException(
          "signal " + signal.label + ": the table has " + runs + " trainings of each network");
    }
    return signal.run >= 0 ? signal.run : search.child("signal").generator().nextInt(runs);
  }

  /**
   * Answers one search from the table. A proposal of fewer epochs than all is answered with the
   * error after so many epochs of the whole training, which a schedule of so few might not reach,
   * or surpass.
   *
   * @param search address of the search, where a random training is drawn
   * @throws IllegalArgumentException if a proposal asks for other epochs than the table has
   */
  public Evaluator evaluator(Signal signal, SeedPath search) {
    int run = run(signal, search);
    return proposal -> {
      int network = space.networkOf[space.index(proposal.encoding())];
      OptionalDouble error = error(run, network, proposal.epochs());
      return new Evaluator.Answer(
          error.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      space.name()
                          + " has no error after "
                          + proposal.epochs()
                          + " epochs: it gives "
                          + (curves == null ? "only that" : "those")
                          + " of "
                          + epochs
                          + " epochs"
                          + (curves == null ? ", and no learning curves" : " and fewer"))),
          0);
    };
  }

  private OptionalDouble error(int run, int network, int after) {
    if (after == epochs) {
      return OptionalDouble.of(errors[run][network]);
    }
    if (curves == null || after > curves[run][network].length) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(curves[run][network][after - 1]);
  }

  /** The encoding of that text, if there is one. */
  public Optional<Encoding> find(String text) {
    int index = Arrays.asList(space.texts).indexOf(text);
    return index < 0 ? Optional.empty() : Optional.of(encoding(index, space, space.radix));
  }
}
