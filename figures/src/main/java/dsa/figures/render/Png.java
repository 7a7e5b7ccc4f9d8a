package dsa.figures.render;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * PNG files (ISO/IEC 15948) of opaque pictures, 8 bits a channel. The JDK's encoder takes three
 * times as long in a fresh process and cannot say how large a picture is to be printed without a
 * tree of metadata.
 */
final class Png {

  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final double POINTS_PER_METER = 72 / 0.0254;
  private static final int UP = 2; // each byte as the difference from the one above

  private Png() {}

  /**
   * The file.
   *
   * @param image of type {@code TYPE_INT_RGB}
   * @param pixelsPerPoint how many pixels are a 72nd of an inch in print
   */
  static byte[] encode(BufferedImage image, double pixelsPerPoint) throws IOException {
    int resolution = (int) Math.round(pixelsPerPoint * POINTS_PER_METER);
    ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 17);
    DataOutputStream out = new DataOutputStream(file);
    out.writeLong(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.getWidth()).putInt(image.getHeight());
    chunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array()); // 2: red, green, blue
    ByteBuffer size = ByteBuffer.allocate(9).putInt(resolution).putInt(resolution);
    chunk(out, "pHYs", size.put((byte) 1).array()); // 1: per meter
    chunk(out, "IDAT", pixels(image));
    chunk(out, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static byte[] pixels(BufferedImage image) throws IOException {
    int width = image.getWidth();
    int[] rgb = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] row = new byte[1 + 3 * width];
    ByteArrayOutputStream packed = new ByteArrayOutputStream(1 << 17);
    Deflater deflater = new Deflater(3);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
      for (int start = 0; start < rgb.length; start += width) {
        row[0] = UP;
        for (int x = 0; x < width; x++) {
          int here = rgb[start + x];
          int above = start == 0 ? 0 : rgb[start - width + x];
          row[1 + 3 * x] = (byte) ((here >> 16) - (above >> 16));
          row[2 + 3 * x] = (byte) ((here >> 8) - (above >> 8));
          row[3 + 3 * x] = (byte) (here - above);
        }
        out.write(row);
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) checksum.getValue());
  }
}
