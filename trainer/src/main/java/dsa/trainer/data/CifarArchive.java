package dsa.trainer.data;

import java.net.URI;

/**
 * An archive of the six files as it lies on servers.
 *
 * @param official where its authors keep it
 * @param name of the file
 * @param bytes its length
 * @param sha256 its sum, hexadecimal
 * @param files what it holds
 */
record CifarArchive(URI official, String name, long bytes, String sha256, CifarFiles files) {

  /**
   * As linked on https://www.cs.toronto.edu/~kriz/cifar.html, which gives MD5
   * c32a1d4ab5d03f1284b67883e8d87530. Length and SHA-256 are those that TensorFlow Datasets and
   * other downloaders have on record for this address.
   */
  static final CifarArchive RELEASE =
      new CifarArchive(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
          "cifar-10-binary.tar.gz",
          170_052_171,
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
          CifarFiles.RELEASE);
}
