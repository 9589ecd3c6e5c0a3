package org.sqltune.cli;

import org.sqltune.workflow.LibraryVersions;
import picocli.CommandLine.IVersionProvider;

/** The versions this jar was built from. Maven wrote them down, so that telling them loads no native library. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        LibraryVersions build = LibraryVersions.read();
        return new String[] {
            "SqlTune " + build.of("sqltune"),
            "Platform: " + platform(),
            "Engine: DJL " + build.of("djl") + ", PyTorch " + build.of("pytorch") + " (" + build.of("pytorch.native")
                    + ", " + build.of("pytorch.platform") + ")"
        };
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }
}
