package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.DeviceChoice;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Devices that fail, and settings that a device can't do. */
class FallbacksTest {
    @TempDir
    private Path cache;

    private final List<DeviceChoice> opened = new ArrayList<>();

    /** A machine that has what is listed. */
    private record Machine(Set<DeviceChoice> devices) implements DeviceProbe {
        @Override
        public boolean has(DeviceChoice device) {
            return device == DeviceChoice.CPU || devices.contains(device);
        }

        @Override
        public boolean multipliesBfloat16(DeviceChoice device) {
            return false;
        }
    }

    @Test
    void theFirstWayThatWorksIsTaken() {
        String way = new Fallbacks<String>()
                .or("first", () -> {
                    throw new IllegalStateException("out of memory\nlong trace");
                })
                .or("second", () -> "second")
                .or("third", () -> "third")
                .take();
        assertThat(way).isEqualTo("second");
    }

    @Test
    void whereNothingWorksAllThatWasTriedIsNamedInOneLine() {
        Fallbacks<String> ways = new Fallbacks<String>()
                .or("device cuda", () -> {
                    throw new IllegalStateException("no kernel image\nlong trace");
                })
                .or("device cpu", () -> {
                    throw new IllegalStateException("no library");
                });
        assertThatThrownBy(ways::take)
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("Nothing is left to compute with, tried: device cuda (no kernel image), device cpu (no"
                        + " library). Start with --verbose and report the failure");
    }

    @Test
    void whatTheUserMustPutRightIsNoReasonToTryAnotherWay() {
        Fallbacks<String> ways = new Fallbacks<String>()
                .or("quantization nf4", () -> {
                    throw new SqlTuneException("the file is damaged");
                })
                .or("quantization none", () -> "none");
        assertThatThrownBy(ways::take).hasMessage("the file is damaged");
    }

    @Test
    void aDeviceThatFailsGivesWayToTheProcessor() {
        ModelLoader loader = loader(Set.of(DeviceChoice.CUDA));
        loader.openTorch(settings(DeviceChoice.AUTO)).close();
        assertThat(opened).containsExactly(DeviceChoice.CUDA, DeviceChoice.CPU);
    }

    @Test
    void aDeviceThatIsNotThereIsNotTried() {
        loader(Set.of()).openTorch(settings(DeviceChoice.MPS)).close();
        assertThat(opened).containsExactly(DeviceChoice.CPU);
    }

    @Test
    void theRealProcessorComputes() {
        Torch.on(DeviceChoice.CPU).close();
    }

    @Test
    void halfPrecisionRunsAsBfloat16OnTheProcessor() {
        ModelSettings half = settings(DeviceChoice.CPU, DType.FP16);
        assertThat(loader(Set.of()).elementType(half, DecoderConfigReader.read(model())))
                .isEqualTo(ElementType.BFLOAT16);
        try (Torch torch = Torch.cpu();
                LanguageModel loaded = loader(Set.of()).load(torch, half)) {
            assertThat(loaded.decoder().type()).isEqualTo(ElementType.BFLOAT16);
        }
    }

    @Test
    void theChoiceIsDescribedWithItsReason() {
        assertThat(loader(Set.of()).describe(settings(DeviceChoice.AUTO)))
                .isEqualTo("device cpu (neither CUDA nor MPS found), arithmetic float32 (no bfloat16 in this"
                        + " processor), quantization none");
        assertThat(loader(Set.of()).describe(settings(DeviceChoice.CUDA, DType.BF16)))
                .startsWith("device cpu (cuda isn't there), arithmetic bfloat16 (as asked for");
        assertThat(loader(Set.of(DeviceChoice.MPS)).describe(settings(DeviceChoice.MPS)))
                .startsWith("device mps (as asked for)");
    }

    /** Nothing but the processor can really be opened. */
    private ModelLoader loader(Set<DeviceChoice> devices) {
        return new ModelLoader(new ModelFolders(cache, offline()), new Machine(devices), device -> {
            opened.add(device);
            if (device != DeviceChoice.CPU) {
                throw new IllegalStateException(device + " has no driver");
            }
            return Torch.cpu();
        });
    }

    private ModelHub offline() {
        return ModelHub.over(() -> HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), cache), DownloadDisplay.NONE);
    }

    private static ModelSettings settings(DeviceChoice device) {
        return settings(device, DType.AUTO);
    }

    private static ModelSettings settings(DeviceChoice device, DType type) {
        return new ModelSettings(model().toString(), "main", type, device, Quantization.NONE);
    }

    private static Path model() {
        return ParityFixture.of("tiny_llama_with_tokenizer").folder();
    }
}
