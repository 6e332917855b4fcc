import Foundation
import Fuzzing
import MiyabiSystem
import Testing

@testable import MiyabiMonitoring

@Suite struct StoreTests {
    private static let directory = NSTemporaryDirectory() + "miyabi-metrics-\(UUID().uuidString)"

    /// A directory of a test's own, removed after it.
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = "\(Self.directory)-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func samples(_ count: Int, every seconds: Double = 15, from start: Int64 = 1_700_000_000_000) -> [Sample] {
        var generator = SeededGenerator(seed: 7)
        return (0..<count).map { number in
            var figures: [Series: Sample.Figure] = [
                Series("gauge"): .gauge(
                    last: Double(number / 3), least: Double(number / 3), greatest: Double(number / 3)),
                Series("moving", ["table": "a\"b"]): .gauge(last: 1, least: 0.5, greatest: Double(number)),
                Series("counter"): .increase(Double(Int.random(in: 0..<3, using: &generator))),
                Series("fraction"): .increase(0.25),
            ]
            if number % 2 == 0 {
                figures[Series("latency", ["operation": "op\(number % 5)"])] = .distribution(
                    Distribution([100: 3, 5000: UInt64(number + 1), 60_000_000: 1]))
            }
            return Sample(time: start + Int64(Double(number) * seconds * 1000), span: seconds, figures: figures)
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        try withDirectory { path in
            let written = samples(100)
            let store = try MetricStore(path, .fine)
            for sample in written { try store.append(sample) }
            #expect(try MetricStore.read(path, .fine, since: 0) == written)
            #expect(try MetricStore.read(path, .fine, since: written[40].time) == Array(written[40...]))
        }
    }

    /// A crash can leave the last file cut at any byte: what is whole before it stays, and more can be appended.
    @Test func aTornTailIsCutOffAtEveryByte() throws {
        let written = samples(6)
        var codec = SegmentCodec()
        var file = SegmentCodec.magic
        var ends = [file.count]
        for sample in written {
            file += codec.encode(sample)
            ends.append(file.count)
        }
        let later = samples(8)[7]
        for length in 0...file.count {
            try withDirectory { path in
                try Files.makeDirectory(path)
                let name = "\(path)/fine-\(written[0].time).metrics"
                #expect(FileManager.default.createFile(atPath: name, contents: Data(file[..<length])))
                let whole = ends.lastIndex { $0 <= length } ?? 0
                #expect(try MetricStore.read(path, .fine, since: 0) == Array(written[..<whole]))
                try MetricStore(path, .fine).append(later)
                #expect(try MetricStore.read(path, .fine, since: 0) == written[..<whole] + [later], "cut at \(length)")
            }
        }
    }

    /// Whatever bytes a file has, reading it ends, and gives only samples that were written.
    @Test func damageIsNeverTaken() throws {
        let written = samples(12)
        var codec = SegmentCodec()
        let file = written.reduce(SegmentCodec.magic) { $0 + codec.encode($1) }
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            var damaged = file
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] ^= UInt8.random(
                    in: 1...255, using: &generator)
            }
            var reader = SegmentCodec()
            let (samples, length) = reader.decode(damaged)
            #expect(samples == Array(written[..<samples.count]))
            #expect(length <= damaged.count)
        }
    }

    @Test func filesAreBoundedInTimeAndSize() throws {
        try withDirectory { path in
            let tier = StoreTier(name: "small", fileSpan: 60, kept: 600, maximumBytes: 4000)
            let written = samples(400)
            let store = try MetricStore(path, tier)
            for sample in written { try store.append(sample) }
            let bytes = Files.entries(path).reduce(0) { $0 + (Files.status("\(path)/\($1)")?.size ?? 0) }
            #expect(bytes <= 4000 + 2000)
            let left = try MetricStore.read(path, tier, since: 0)
            #expect(left == Array(written.suffix(left.count)))
            #expect((left.first?.time ?? 0) >= written[399].time - (600 + 120) * 1000)
        }
    }

    /// A minute tells what its four samples told, and a restart in the middle of one loses none of it.
    @Test func minutesAreTheSumOfTheirSamples() throws {
        try withDirectory { path in
            let written = samples(40, from: 1_700_000_040_000)
            var history: MetricHistory? = try MetricHistory(path)
            for (number, sample) in written.enumerated() {
                if number % 7 == 3 { history = try MetricHistory(path) }
                try history?.append(sample)
            }
            let minutes = try MetricStore.read(path, .coarse, since: 0)
            #expect(minutes.count == 9)
            for minute in minutes {
                let parts = written.filter { $0.time / 60_000 == minute.time / 60_000 }
                #expect(minute.span == Double(parts.count) * 15)
                var sum = parts[0]
                for part in parts.dropFirst() { sum.append(part) }
                #expect(minute == sum)
            }
        }
    }
}
