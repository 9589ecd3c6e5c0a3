package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;

/** What use cases of tests share: caches in the test's folder, no network, a tiny model. */
public final class TestWorkspace {
    private TestWorkspace() {}

    /** A workspace whose caches lie in a folder. */
    public static Workspace in(Path folder) {
        HubSettings hub = HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder);
        return new Workspace(new UserCache(folder.resolve("cache")), () -> hub, DownloadDisplay.NONE);
    }

    /** A random Llama of forty thousand weights, with a tokenizer. */
    public static Path tinyModel() {
        return Path.of("..", "model", "src", "test", "resources", "parity", "tiny_llama_with_tokenizer");
    }

    /** Names of tasks in their order. */
    public static final class Tasks implements TaskListener {
        public final List<String> begun = new ArrayList<>();
        public final List<String> notes = new ArrayList<>();

        @Override
        public ProgressListener began(String task) {
            begun.add(task);
            return ProgressListener.NONE;
        }

        @Override
        public void noted(String message) {
            notes.add(message);
        }
    }
}
