package dsa.analysis.calibration;

import dsa.analysis.testing.References;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import dsa.core.run.Population;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * How two made-up populations come about: one law of error given complexity for both, and costs
 * that may differ, so that whatever a comparison finds beyond {@code shift} is false.
 *
 * @param name such as {@code power/shift}
 * @param law of the mean error at x = ln c, percent
 * @param noise its scale at x, a factor of gamma(2, 0.7), whose standard deviation is 0.99
 * @param costs of A and of B
 * @param diverged the probability of an error of 90
 * @param lopsided whether B has a tenth as many models as A, at least 24
 */
record Scenario(
    String name,
    DoubleUnaryOperator law,
    DoubleUnaryOperator noise,
    List<Costs> costs,
    double diverged,
    boolean lopsided) {

  private static final double WORST = 90;

  /** Draws ln c. */
  interface Costs {
    double draw(RandomStream random);
  }

  private static final List<Costs> SAME = List.of(normal(12.5, 1.5), normal(12.5, 1.5));
  private static final List<Costs> SHIFT = List.of(normal(12, 1.5), normal(13, 1.5));

  /** Three decades from 10⁴, beta(1, 3) and beta(2, 2) in log c: a least and a middle uniform. */
  private static final List<Costs> TAIL =
      List.of(
          r -> decades(Math.min(r.nextDouble(), Math.min(r.nextDouble(), r.nextDouble()))),
          r -> {
            double[] u = {r.nextDouble(), r.nextDouble(), r.nextDouble()};
            Arrays.sort(u);
            return decades(u[1]);
          });

  static final List<Scenario> ALL =
      List.of(
          plain("flat/shift", x -> 7, SHIFT),
          plain("power/same", Scenario::power, SAME),
          plain("power/shift", Scenario::power, SHIFT),
          new Scenario(
              "steep/shift",
              x -> 6 + 3 * Math.exp(-0.8 * (x - 12)),
              x -> Math.exp(-0.4 * (x - 12)),
              SHIFT,
              0,
              false),
          plain("U/shift", x -> 6 + 0.8 * (x - 12.5) * (x - 12.5), SHIFT),
          plain("power/tail3", Scenario::power, TAIL),
          new Scenario("power/tail3, low noise", Scenario::power, x -> 0.2, TAIL, 0, false),
          plain("power/apart", Scenario::power, List.of(normal(11, 1), normal(14, 1))),
          plain("power/narrow", Scenario::power, List.of(normal(12.5, 1.5), normal(12.5, 0.6))),
          plain("power/grid12", Scenario::power, lattice(12)),
          plain("power/grid60", Scenario::power, lattice(61)),
          new Scenario(
              "power/shift, diverged", Scenario::power, Scenario::one, SHIFT, 0.004, false),
          new Scenario("power/shift, 10:1", Scenario::power, Scenario::one, SHIFT, 0, true));

  private static double power(double x) {
    return 5 + 30 * Math.pow(Math.exp(x) / 1e4, -0.6);
  }

  private static double one(double x) {
    return 1;
  }

  static Scenario named(String name) {
    return ALL.stream()
        .filter(s -> s.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no scenario " + name));
  }

  private static Scenario plain(String name, DoubleUnaryOperator law, List<Costs> costs) {
    return new Scenario(name, law, Scenario::one, costs, 0, false);
  }

  private static double decades(double u) {
    return Math.log(1e4) + u * Math.log(1e3);
  }

  private static Costs normal(double mean, double deviation) {
    return r ->
        mean
            + deviation
                * Math.sqrt(-2 * Math.log(1 - r.nextDouble()))
                * Math.cos(2 * Math.PI * r.nextDouble());
  }

  /** The shifted normals at the nearest of {@code values} points of x from 8.5 to 16.5. */
  private static List<Costs> lattice(int values) {
    double step = 8.0 / (values - 1);
    return SHIFT.stream()
        .<Costs>map(
            c ->
                r -> {
                  long nearest = Math.round((c.draw(r) - 8.5) / step);
                  return 8.5 + step * Math.max(0, Math.min(values - 1, nearest));
                })
        .toList();
  }

  /**
   * The two populations.
   *
   * @param n models of A
   * @param shift added to the errors of B, percentage points
   */
  List<Population> draw(int n, double shift, SeedPath seed) {
    return List.of(
        population("a", n, 0, costs.get(0), seed.child("a").generator()),
        population(
            "b",
            lopsided ? Math.max(24, n / 10) : n,
            shift,
            costs.get(1),
            seed.child("b").generator()));
  }

  private Population population(String name, int n, double shift, Costs cost, RandomStream random) {
    double[] errors = new double[n];
    double[] params = new double[n];
    for (int i = 0; i < n; i++) {
      double x = cost.draw(random);
      double gamma = -0.7 * (Math.log(1 - random.nextDouble()) + Math.log(1 - random.nextDouble()));
      double error = law.applyAsDouble(x) + shift + noise.applyAsDouble(x) * gamma;
      boolean fails = random.nextDouble() < diverged;
      errors[i] = fails ? WORST : Math.min(WORST, Math.rint(100 * error) / 100);
      params[i] = Math.rint(1000 * Math.exp(x)); // thousandths keep hardly any ties
    }
    return References.population(name, errors, params);
  }

  @Override
  public String toString() {
    return name.toLowerCase(Locale.ROOT);
  }
}
