package dev.wavetank.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A kubeconfig on disk, for its owner's eyes only, that goes when the server does, unless somebody has changed it. */
record KubeconfigFile(Path path, String content) {

    /** Writes it, in place of what may be there from an earlier server. */
    static KubeconfigFile write(Path file, String content) throws IOException {
        Path target = file.toAbsolutePath().normalize();
        if (Files.isDirectory(target)) {
            throw new IOException("it is a folder");
        }
        if (Files.exists(target) && !Files.readString(target).contains("current-context: wavetank\n")) {
            throw new IOException("there is a file that this command did not write; name another, or move it away");
        }
        Path folder = target.getParent();
        Path draft = posix()
                ? Files.createTempFile(
                        folder,
                        ".wavetank",
                        "",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(folder, ".wavetank", "");
        Files.writeString(draft, content);
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        return new KubeconfigFile(target, content);
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Removes the file if it is still as it was written. */
    void remove() {
        try {
            if (Files.exists(path) && Files.readString(path).equals(content)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // a leftover does no harm: the next server writes over it
        }
    }
}
