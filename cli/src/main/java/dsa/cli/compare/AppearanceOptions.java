package dsa.cli.compare;

import dsa.cli.console.Require;
import dsa.figures.render.Appearance;
import dsa.figures.render.Appearance.AxisLook;
import dsa.figures.render.AppearanceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How figures look, in all formats alike; options win over the file. */
final class AppearanceOptions {

  @Option(
      names = "--appearance",
      paramLabel = "FILE",
      description =
          "YAML file that says how figures look, with the same settings as the options below and"
              + " others for single figures; see docs/formats.md.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--width",
      paramLabel = "LENGTH",
      description = "Width of figures, such as 240pt, 8.4cm or 3.25in. Default: 240pt, a column.")
  private Optional<String> width = Optional.empty();

  @Option(
      names = "--height",
      paramLabel = "LENGTH",
      description = "Height of figures. Default: 0.725 of the width.")
  private Optional<String> height = Optional.empty();

  @Option(
      names = "--font-size",
      paramLabel = "LENGTH",
      description = "Size of text; titles of axes are larger by a sixth. Default: 7.2pt.")
  private Optional<String> text = Optional.empty();

  @Option(
      names = "--palette",
      paramLabel = "NAME|COLOR,...",
      split = ",",
      description = "okabe-ito, tol-bright, grey, or colours like #0072B2. Default: okabe-ito.")
  private List<String> palette = List.of();

  @Option(
      names = "--labels",
      paramLabel = "NAME=LABEL",
      split = ",",
      description = "Other names in legends, such as resnet=ResNet,resnext-a=ResNeXt-A.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--order",
      paramLabel = "NAME,...",
      split = ",",
      description = "Order in legends, which colours follow. Default: that of the populations.")
  private List<String> order = List.of();

  @Option(names = "--no-bands", description = "Draw no bands.")
  private boolean noBands;

  @Option(
      names = "--x-limits",
      paramLabel = "LOW..HIGH",
      description = "Where the x axis begins and ends; for one figure, see --plots.")
  private Optional<String> xLimits = Optional.empty();

  @Option(
      names = "--y-limits",
      paramLabel = "LOW..HIGH",
      description = "Where the y axis begins and ends; for one figure, see --plots.")
  private Optional<String> yLimits = Optional.empty();

  @Option(names = "--log-x", description = "A logarithmic x axis; for one figure, see --plots.")
  private boolean logX;

  @Option(names = "--log-y", description = "A logarithmic y axis; for one figure, see --plots.")
  private boolean logY;

  /** Checks the options before the work. */
  void check(CommandSpec command, boolean oneFigure) throws IOException {
    Require.that(
        oneFigure || (xLimits.isEmpty() && yLimits.isEmpty() && !logX && !logY),
        command,
        "--x-limits, --y-limits, --log-x and --log-y are of one figure; name it with --plots, or"
            + " give them by figure in a file with --appearance");
    appearance(command);
  }

  /** What was asked for. */
  Appearance appearance(CommandSpec command) throws IOException {
    Appearance look = file.isPresent() ? AppearanceFile.read(file.get()) : Appearance.ofPapers();
    try {
      look = width.isPresent() ? look.withWidth(AppearanceFile.points(width.get())) : look;
      look = height.isPresent() ? look.withHeight(AppearanceFile.points(height.get())) : look;
      look = text.isPresent() ? look.withText(AppearanceFile.points(text.get())) : look;
      look = palette.isEmpty() ? look : look.withPalette(palette);
      look = labels.isEmpty() ? look : look.withLabels(labels);
      look = order.isEmpty() ? look : look.withOrder(order);
      look = noBands ? look.withBands(false) : look;
      look = xLimits.isPresent() || logX ? look.withX(axis(xLimits, logX)) : look;
      look = yLimits.isPresent() || logY ? look.withY(axis(yLimits, logY)) : look;
      return look;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  private static AxisLook axis(Optional<String> limits, boolean log) {
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    if (limits.isPresent()) {
      String[] ends = limits.get().split("\\.\\.|:", -1);
      if (ends.length != 2) {
        throw new IllegalArgumentException(
            "limits '" + limits.get() + "' are not of the form LOW..HIGH; either may be left out");
      }
      low = end(ends[0]);
      high = end(ends[1]);
    }
    return new AxisLook(low, high, log ? Optional.of(true) : Optional.empty(), Optional.empty());
  }

  private static OptionalDouble end(String text) {
    if (text.isBlank()) {
      return OptionalDouble.empty();
    }
    if (!text.strip().matches("-?[0-9]{1,12}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException("the limit '" + text + "' is not a number");
    }
    return OptionalDouble.of(Double.parseDouble(text.strip()));
  }
}
