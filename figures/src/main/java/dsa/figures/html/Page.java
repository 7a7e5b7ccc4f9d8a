package dsa.figures.html;

import dsa.figures.Figure;
import dsa.figures.render.InlineSvg;
import dsa.figures.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A report as one HTML file: nothing in it comes from elsewhere, and a content security policy
 * keeps it so. Sections are added from top to bottom.
 */
final class Page {

  private final String title;
  private final StringBuilder body = new StringBuilder(1 << 16);
  private int figures;
  private Optional<String> data = Optional.empty();

  Page(String title) {
    this.title = title;
  }

  /** Begins a section. */
  Page section(String heading) {
    body.append("<h2>").append(Html.escape(heading)).append("</h2>\n");
    return this;
  }

  /** A paragraph of plain text. */
  Page text(String kind, String text) {
    body.append("<p class=\"").append(kind).append("\">");
    body.append(Html.escape(text)).append("</p>\n");
    return this;
  }

  /** Sentences as a list; nothing if there are none. */
  Page list(String heading, List<String> sentences) {
    if (!sentences.isEmpty()) {
      section(heading);
      body.append("<ul>\n");
      for (String sentence : sentences) {
        body.append("<li>").append(Html.escape(sentence)).append("</li>\n");
      }
      body.append("</ul>\n");
    }
    return this;
  }

  /** A table, unfolded by the reader if {@code folded}. */
  Page table(String caption, Table table, boolean folded) {
    if (folded) {
      body.append("<details><summary>").append(Html.escape(caption)).append("</summary>\n");
    }
    body.append(Html.table(caption, table));
    if (folded) {
      body.append("</details>\n");
    }
    return this;
  }

  /** Figures side by side where there is room. */
  Page figures(Runnable each) {
    body.append("<div class=\"figures\">\n");
    each.run();
    body.append("</div>\n");
    return this;
  }

  /** A figure with its caption and what can be read off it. */
  Page figure(String caption, String description, Figure figure) {
    String id = "figure-" + ++figures;
    body.append("<figure id=\"").append(id).append("\">\n");
    body.append(InlineSvg.of(figure, id, caption, description));
    body.append("\n<figcaption><strong>").append(Html.escape(caption)).append(".</strong> ");
    body.append(Html.escape(description)).append("</figcaption>\n");
    FigureNumbers.of(figure)
        .ifPresent(numbers -> table("Numbers of this figure: " + caption, numbers, true));
    body.append("</figure>\n");
    return this;
  }

  /**
   * Where the script draws models that can be looked at one by one; not for paper.
   *
   * @param json what it draws; its names are text, whatever they hold
   */
  Page explorer(String heading, String json) {
    data = Optional.of(json);
    body.append("<section class=\"screen\">\n");
    section(heading);
    body.append("<div id=\"explorer\"></div>\n<noscript><p class=\"note\">");
    body.append("Models can be looked at one by one where scripts are allowed to run.");
    body.append("</p></noscript>\n</section>\n");
    return this;
  }

  /** The whole document. */
  String document() {
    String style = resource("report.css");
    String script = resource("report.js");
    StringBuilder out = new StringBuilder(body.length() + 40_000);
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    out.append("style-src 'sha256-").append(hash(style)).append("'; script-src 'sha256-");
    out.append(hash(script)).append("'; base-uri 'none'; form-action 'none'\">\n");
    out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    out.append("<title>").append(Html.escape(title)).append("</title>\n");
    out.append("<style>").append(style).append("</style>\n</head>\n<body>\n<main>\n");
    out.append("<h1>").append(Html.name(title)).append("</h1>\n");
    out.append(body).append("</main>\n");
    if (data.isPresent()) {
      out.append("<script type=\"application/json\" id=\"models\">");
      out.append(data.get().replace("<", "\\u003c")).append("</script>\n");
      out.append("<script>").append(script).append("</script>\n");
    }
    return out.append("</body>\n</html>\n").toString();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }
}
