import dsa.analysis.report.*;
import dsa.core.io.ArchitecturesFile;
import dsa.core.random.SeedPath;
import dsa.figures.ComparisonFigures;
import dsa.figures.render.*;
import dsa.populations.PopulationSource;
import dsa.sampler.*;
import dsa.sampler.spaces.Spaces;
import dsa.trainer.data.*;
import dsa.trainer.recipe.TrainingRecipes;
import dsa.trainer.sweep.*;
import java.nio.file.*;
import java.util.*;

/** Compares two built-in populations; draws three networks, trains them twice, and compares those. */
class Study {
  static void compare(String a, String b, Path folder, String figure) throws Exception {
    var populations = List.of(PopulationSource.open(a).population(), PopulationSource.open(b).population());
    ComparisonReport report = Comparison.fittedTo(populations, 1).report();
    System.out.println(report.pairs().get(0).verdict().text());
    FigureWriter.to(folder).write(figure, ComparisonFigures.edf(report), Format.SVG);
  }
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[1])), networks = folder.resolve("networks.jsonl");
    compare("resnext-a", "resnext-b", folder, "built-in");
    DesignSpace space = Spaces.find("resnext-a");
    PopulationSampler sampler = PopulationSampler.withDefaults();
    Drawn drawn = sampler.draw(space, ComplexityCap.NDS, 3, Repeats.DROPPED, SeedPath.root(1));
    drawn.models().forEach(model -> System.out.println(model.index() + ": " + model.complexity()));
    ArchitecturesFile.write(networks, sampler.header(space, ComplexityCap.NDS, Repeats.DROPPED, 1, drawn), drawn.models());
    byte[] labels = new byte[100], pixels = new byte[100 * 3 * 32 * 32];
    new Random(1).nextBytes(pixels);
    for (int i = 0; i < 100; i++) labels[i] = (byte) (i % 10);
    CifarSample.write(folder.resolve("images"), "noise", ImageSet.of(pixels, labels), ImageSet.of(pixels, labels));
    for (int seed = 1; seed <= 2; seed++)
      Sweep.begin(folder.resolve("seed-" + seed), SweepNetworks.read(networks), TrainingRecipes.find(args[0]),
          SweepOptions.withDefaults().withSeed(seed).withImages(folder.resolve("images")), SweepListener.NONE).run();
    compare(folder + "/seed-1", folder + "/seed-2", folder, "trained");
  }
}
