package org.sqltune.cli;

/** Says in words what the virtual machine only has an error class for. */
final class EngineFailures {
    private EngineFailures() {}

    static String explain(Error error) {
        if (error instanceof OutOfMemoryError) {
            return "out of Java memory (" + error.getMessage()
                    + "): start with a larger heap, such as java -Xmx4g -jar cli.jar"
                    + ", or a smaller training.per_device_train_batch_size";
        }
        return "a library of this jar can't be loaded on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + " (" + error + "): build the jar on this platform, see README.md";
    }
}
