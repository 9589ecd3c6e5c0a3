package org.sqltune.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.TrainingOptionsFixture;

/** Which texts end the answers of a trained model, by its contract. */
class StopTextsTest {
    /** Ends an answer with a special token of the fixture's that isn't its EOS. */
    private static final String TEMPLATE =
            "{% for m in messages %}{{ m.content }}{{ '<pad>\\n' if m.role == 'assistant' }}{% endfor %}";

    @TempDir
    private Path folder;

    @Test
    void theChatTemplatesOwnEndIsOneOfThem() throws Exception {
        assertThat(stop(true, TEMPLATE)).containsExactly("</s>", "<pad>");
    }

    @Test
    void withoutAChatTemplateOrAnEndOfItsOwnItIsTheModelsAlone() throws Exception {
        assertThat(stop(false, TEMPLATE)).containsExactly("</s>");
        assertThat(stop(true, "{% for m in messages %}{{ m.content + '\\n' }}{% endfor %}"))
                .containsExactly("</s>");
        assertThat(stop(true, "{% for m in messages %}{{ m.content + eos_token }}{% endfor %}"))
                .containsExactly("</s>");
    }

    private List<String> stop(boolean chat, String template) throws Exception {
        RunConfig config = new RunConfigLoader(path -> true)
                .load(
                        "test",
                        "",
                        List.of(
                                "model.name=" + TrainingOptionsFixture.model("tiny_llama_with_tokenizer"),
                                "model.dtype=fp32",
                                "data.train_file=a.jsonl",
                                "data.chat_template=" + template));
        ModelHub offline =
                ModelHub.over(() -> HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder), DownloadDisplay.NONE);
        ModelLoader loader = new ModelLoader(new ModelFolders(folder.resolve("cache"), offline));
        Path written = Files.createTempDirectory(folder, "final");
        try (Torch torch = Torch.cpu()) {
            TrainableModel model = new TrainableModels(loader).load(torch, config, true, chat);
            try {
                model.writeFinal(written);
            } finally {
                model.model().close();
            }
        }
        return ContractFile.read(written).orElseThrow().stop();
    }
}
