package dsa.cli.space;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dsa.cli.console.Completion;
import dsa.cli.console.Console;
import dsa.cli.console.ExitCode;
import dsa.cli.console.OutputOptions;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.complexity.ComplexityRange;
import dsa.core.random.SeedPath;
import dsa.core.run.DrawnModel;
import dsa.figures.table.Column;
import dsa.figures.table.Decimals;
import dsa.figures.table.Table;
import dsa.sampler.ComplexityCap;
import dsa.sampler.DesignSpace;
import dsa.sampler.Dimension;
import dsa.sampler.PopulationSampler;
import dsa.sampler.Repeats;
import dsa.sampler.SpaceCensus;
import dsa.sampler.spaces.Spaces;
import dsa.sampler.stages.StagedSpace;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a design space holds. */
@Command(
    name = "describe",
    description = {
      "Describe a design space: its dimensions, how many networks it holds, what they cost, and how"
          + " many are within limits.",
      "",
      "Without limits, a CIFAR-10 space of stages is counted, and its networks drawn, under the"
          + " rule of the published populations (--cap nds). csv, latex and markdown give the"
          + " dimensions only; text and json give all."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  dsa describe resnext-a",
      "  dsa describe resnet --max-params 0.856M --max-flops 0.129B --seed 1",
      "  dsa describe data/spaces/resnet-monotone.yaml --format json",
      "",
      "Reads: a space file, if one is named.  Writes: nothing."
    })
public final class DescribeCommand implements Callable<Integer> {

  private static final int MEMBERS = 10;
  private static final int ESTIMATE_DRAWS = 1_000_000;

  private final Console console;

  @Parameters(
      paramLabel = "SPACE",
      completionCandidates = Completion.SpaceNames.class,
      description = "A built-in name or a space file.")
  private String name;

  @Mixin private LimitOptions limits;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Also show ten networks drawn within the limits, and estimate the share of a space too"
              + " large to count.")
  private Optional<Long> seed = Optional.empty();

  @Mixin private OutputOptions output;

  /**
   * How much of the space is within the cap: counted, or estimated, or neither.
   *
   * @param exact encodings
   * @param networks different ones; may be absent where encodings are counted
   */
  private record Share(
      ComplexityCap cap, OptionalLong exact, OptionalLong networks, OptionalLong ofDraws) {

    static Share of(DesignSpace space, ComplexityCap cap, Optional<Long> seed) {
      Optional<SpaceCensus> census = space.census();
      OptionalLong exact = census.map(c -> c.encodings(cap)).orElseGet(() -> whole(space, cap));
      OptionalLong networks =
          hasOneEncodingEach(space)
              ? exact
              : census.map(c -> c.networks(cap)).orElse(OptionalLong.empty());
      if (exact.isPresent() || seed.isEmpty()) {
        return new Share(cap, exact, networks, OptionalLong.empty());
      }
      return new Share(
          cap,
          exact,
          networks,
          OptionalLong.of(
              PopulationSampler.admitted(
                  space, cap, SeedPath.root(seed.get()).child("share"), ESTIMATE_DRAWS)));
    }

    /** Without limits all encodings are within, whatever else is known of them. */
    private static OptionalLong whole(DesignSpace space, ComplexityCap cap) {
      return space.head().window().limits().isEmpty()
              && cap.limits().isEmpty()
              && space.size().bitLength() < 64
          ? OptionalLong.of(space.size().longValueExact())
          : OptionalLong.empty();
    }

    /** Whether no network was found within the cap. */
    boolean none() {
      return exact.orElse(ofDraws.orElse(0)) == 0;
    }

    String text(DesignSpace space) {
      if (exact.isPresent()) {
        BigDecimal percent =
            BigDecimal.valueOf(exact.getAsLong())
                .movePointRight(2)
                .divide(new BigDecimal(space.size()), MathContext.DECIMAL64);
        String share = " (" + Decimals.fixed(percent.doubleValue(), 2) + " %)";
        if (hasOneEncodingEach(space)) {
          return exact.getAsLong() + share;
        }
        return exact.getAsLong()
            + " encodings"
            + share
            + (networks.isPresent() ? ", " + networks.getAsLong() + " different networks" : "");
      }
      if (ofDraws.isPresent()) {
        return "about "
            + Decimals.fixed(100.0 * ofDraws.getAsLong() / ESTIMATE_DRAWS, 2)
            + " % (estimated from "
            + ESTIMATE_DRAWS
            + " draws)";
      }
      return "not counted, the space is too large; --seed estimates the share";
    }
  }

  private static boolean hasOneEncodingEach(DesignSpace space) {
    return networks(space).equals(Optional.of(space.size()));
  }

  private static Optional<BigInteger> networks(DesignSpace space) {
    return space.census().flatMap(SpaceCensus::networks);
  }

  /** The command, speaking to {@code console}. */
  public DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ComplexityCap asked = limits.cap();
    DesignSpace space = Spaces.find(name);
    boolean published =
        asked.limits().isEmpty()
            && space instanceof StagedSpace
            && space.head().task().equals(Task.CIFAR10);
    Share share = Share.of(space, published ? ComplexityCap.NDS : asked, seed);
    List<DrawnModel> members =
        seed.isEmpty() || (published && share.none())
            ? List.of()
            : PopulationSampler.withDefaults()
                .draw(space, share.cap(), MEMBERS, Repeats.KEPT, SeedPath.root(seed.get()))
                .models();
    PrintWriter out = console.out();
    switch (output.format()) {
      case JSON -> out.println(json(space, share, members));
      case CSV, LATEX, MARKDOWN -> out.print(output.render(dimensions(space)));
      default -> text(space, share, members, out);
    }
    return ExitCode.OK;
  }

  private static Table dimensions(DesignSpace space) {
    Table.Builder table =
        Table.of(Column.text("dimension"), Column.count("values"), Column.text("list"));
    for (Dimension dimension : space.dimensions()) {
      table.row(dimension.name(), dimension.size(), dimension.text());
    }
    return table.build();
  }

  private void text(DesignSpace space, Share share, List<DrawnModel> members, PrintWriter out) {
    out.println(
        space.head().name()
            + " ("
            + space.head().task().name()
            + "): "
            + space.head().description());
    out.println();
    out.print(output.render(dimensions(space)));
    out.println();
    if (!space.constraints().isEmpty()) {
      out.println("tied: " + String.join(", ", space.constraints()));
    }
    if (hasOneEncodingEach(space)) {
      out.println("networks: " + space.size());
    } else {
      out.println("encodings: " + space.size());
      out.println(
          "different networks: "
              + networks(space)
                  .map(BigInteger::toString)
                  .orElse("at most as many, how many is not known"));
    }
    out.println("drawn: " + space.distribution());
    if (!space.head().window().limits().isEmpty()) {
      out.println("own window: " + space.head().window().text());
    }
    boolean within = !share.cap().limits().isEmpty() || !space.head().window().limits().isEmpty();
    if (within) {
      String what =
          share.cap().limits().isEmpty()
              ? "its own window"
              : share.cap().text()
                  + (space.head().window().limits().isEmpty() ? "" : " and its own window");
      out.println("within " + what + ": " + share.text(space));
    }
    space
        .census()
        .ifPresent(
            census -> {
              out.println();
              out.print(output.render(ranges(census.costs())));
            });
    if (!members.isEmpty()) {
      out.println();
      out.print(output.render(ComplexityTables.of(members)));
    }
  }

  private static Table ranges(ComplexityRange costs) {
    Table.Builder table =
        Table.of(Column.text("count"), Column.count("least"), Column.count("greatest"));
    Complexity least = costs.least();
    Complexity greatest = costs.greatest();
    table.row("params", least.params(), greatest.params());
    table.row("macs", least.macs(), greatest.macs());
    table.row("nds flops", least.ndsFlops(), greatest.ndsFlops());
    table.row("activations", least.activations(), greatest.activations());
    return table.build();
  }

  private ObjectNode json(DesignSpace space, Share share, List<DrawnModel> members) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", "dsa.space-description/3");
    json.put("name", space.head().name());
    json.put("description", space.head().description());
    json.put("task", space.head().task().name());
    ArrayNode dimensions = json.putArray("dimensions");
    for (Dimension dimension : space.dimensions()) {
      ArrayNode values = dimensions.addObject().put("name", dimension.name()).putArray("values");
      if (dimension.numeric()) {
        dimension.values().forEach(values::add);
      } else {
        dimension.labels().forEach(values::add);
      }
    }
    ArrayNode ties = json.putArray("ties");
    space.constraints().forEach(ties::add);
    json.put("encodings", space.size());
    networks(space).ifPresent(distinct -> json.put("networks", distinct));
    json.put("law", space.distribution());
    json.put("window", space.head().window().text());
    ObjectNode within = json.putObject("within").put("limits", share.cap().text());
    share.exact().ifPresent(count -> within.put("encodings", count));
    share.networks().ifPresent(count -> within.put("networks", count));
    share
        .ofDraws()
        .ifPresent(hits -> within.put("admittedDraws", hits).put("draws", ESTIMATE_DRAWS));
    Optional<ComplexityRange> costs = space.census().map(SpaceCensus::costs);
    Complexity least = costs.map(ComplexityRange::least).orElse(Complexity.ZERO);
    json.set("least", ComplexityTables.json(least));
    costs.ifPresent(known -> json.set("greatest", ComplexityTables.json(known.greatest())));
    seed.ifPresent(
        s -> {
          json.put("seed", s);
          ArrayNode drawn = json.putArray("members");
          members.forEach(member -> drawn.add(ComplexityTables.json(member)));
        });
    return json;
  }
}
