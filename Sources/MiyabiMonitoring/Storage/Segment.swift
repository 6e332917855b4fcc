import CZlib

/// A file of samples, one after the other:
/// ```
/// "MIYABIM1"  { length(u32 LE) CRC-32 of the payload (u32 LE) payload }…
/// payload: new series { name labels }…, time, span in ms, { series, tag, figure }…
/// ```
/// A series has its number by its order in the file. What a crash has left half-written at the end does not match its length
/// or checksum, and is cut off.
struct SegmentCodec {
    static let magic = Array("MIYABIM1".utf8)
    private static let headLength = 8
    /// No sample comes near it: what claims to be longer is damage.
    private static let greatestPayload = 16 << 20

    private enum Tag {
        static let noIncrease: UInt8 = 0
        static let wholeIncrease: UInt8 = 1
        static let increase: UInt8 = 2
        static let sameGauge: UInt8 = 3
        static let gauge: UInt8 = 4
        static let movingGauge: UInt8 = 5
        static let distribution: UInt8 = 6
    }

    private var numbers: [Series: Int] = [:]
    private var series: [Series] = []
    private var gauges: [Int: Double] = [:]

    /// The bytes that a sample is appended as.
    mutating func encode(_ sample: Sample) -> [UInt8] {
        var new = ByteWriter()
        var newCount = 0
        for name in sample.figures.keys.sorted() where numbers[name] == nil {
            numbers[name] = series.count
            series.append(name)
            newCount += 1
            new.text(name.name)
            new.text(name.labels)
        }
        var payload = ByteWriter()
        payload.varint(newCount)
        payload.bytes += new.bytes
        payload.varint(Int(sample.time))
        payload.varint(Int(max(0, sample.span * 1000)))
        payload.varint(sample.figures.count)
        var last = 0
        for (number, figure) in sample.figures.map({ (numbers[$0.key] ?? 0, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            payload.varint(number - last)
            last = number
            encode(figure, number, into: &payload)
        }
        var frame = ByteWriter()
        frame.fixed(UInt32(payload.bytes.count))
        frame.fixed(checksum(payload.bytes[...]))
        return frame.bytes + payload.bytes
    }

    private mutating func encode(_ figure: Sample.Figure, _ number: Int, into payload: inout ByteWriter) {
        switch figure {
        case .increase(let value):
            if value == 0 {
                payload.bytes.append(Tag.noIncrease)
            } else if let whole = UInt64(exactly: value) {
                payload.bytes.append(Tag.wholeIncrease)
                payload.varint(whole)
            } else {
                payload.bytes.append(Tag.increase)
                payload.double(value)
            }
        case .gauge(let last, let least, let greatest):
            if last != least || last != greatest {
                payload.bytes.append(Tag.movingGauge)
                for value in [last, least, greatest] { payload.double(value) }
            } else if gauges[number] == last {
                payload.bytes.append(Tag.sameGauge)
            } else {
                payload.bytes.append(Tag.gauge)
                payload.double(last)
            }
            gauges[number] = last
        case .distribution(let distribution):
            payload.bytes.append(Tag.distribution)
            payload.varint(distribution.counts.count)
            var before: UInt64 = 0
            for (value, count) in distribution.counts.sorted(by: { $0.key < $1.key }) {
                payload.varint(value - before)
                payload.varint(count)
                before = value
            }
        }
    }

    /// Reads all whole samples of a file, and learns its series, so that more can be appended.
    ///
    /// - Returns: the samples, and how many bytes of the file are good.
    mutating func decode(_ file: [UInt8]) -> (samples: [Sample], length: Int) {
        guard file.starts(with: Self.magic) else { return ([], 0) }
        var samples: [Sample] = []
        var length = Self.magic.count
        while true {
            var head = ByteReader(file[length...].prefix(Self.headLength))
            guard let size: UInt32 = try? head.fixed(), let sum: UInt32 = try? head.fixed(),
                size <= Self.greatestPayload, file.count - length - Self.headLength >= Int(size)
            else { return (samples, length) }
            let payload = file[(length + Self.headLength)...].prefix(Int(size))
            // A sample that cannot be read must not have taught us any series.
            var next = self
            guard checksum(payload) == sum, let sample = try? next.sample(payload) else { return (samples, length) }
            self = next
            samples.append(sample)
            length += Self.headLength + Int(size)
        }
    }

    private mutating func sample(_ payload: ArraySlice<UInt8>) throws -> Sample {
        var reader = ByteReader(payload)
        for _ in 0..<(try reader.count()) {
            let new = Series(try reader.text(), rawLabels: try reader.text())
            numbers[new] = series.count
            series.append(new)
        }
        var sample = Sample(
            time: Int64(bitPattern: try reader.varint()), span: Double(try reader.varint()) / 1000)
        var number = 0
        for _ in 0..<(try reader.count()) {
            guard let step = Int(exactly: try reader.varint()), step < series.count - number else {
                throw ByteReader.Malformed()
            }
            number += step
            sample.figures[series[number]] = try figure(number, &reader)
        }
        return sample
    }

    private mutating func figure(_ number: Int, _ reader: inout ByteReader) throws -> Sample.Figure {
        switch try reader.byte() {
        case Tag.noIncrease: return .increase(0)
        case Tag.wholeIncrease: return .increase(Double(try reader.varint()))
        case Tag.increase: return .increase(try reader.double())
        case Tag.sameGauge:
            guard let value = gauges[number] else { throw ByteReader.Malformed() }
            return .gauge(last: value, least: value, greatest: value)
        case Tag.gauge:
            let value = try reader.double()
            gauges[number] = value
            return .gauge(last: value, least: value, greatest: value)
        case Tag.movingGauge:
            let (last, least, greatest) = (try reader.double(), try reader.double(), try reader.double())
            gauges[number] = last
            return .gauge(last: last, least: least, greatest: greatest)
        case Tag.distribution:
            var counts: [UInt64: UInt64] = [:]
            var value: UInt64 = 0
            for _ in 0..<(try reader.count()) {
                value &+= try reader.varint()
                counts[value] = try reader.varint()
            }
            return .distribution(Distribution(counts))
        default: throw ByteReader.Malformed()
        }
    }

    private func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count))) }
    }
}
