import Glibc

/// What an amount of work took.
struct Meter {
    private let start = ContinuousClock.now
    private let processorStart = Meter.processorSeconds()

    var seconds: Double { Meter.seconds(ContinuousClock.now - start) }

    /// Processor time of all threads of this process; compares better than wall time where other programs are at work.
    var processor: Double { Meter.processorSeconds() - processorStart }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// Memory of this process that is in RAM.
    static func residentMegabytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, 256, file) != nil else { return 0 }
        let fields = String(
            decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self
        )
        .split(separator: " ")
        return fields.count > 1 ? ((Int(fields[1]) ?? 0) * Int(getpagesize())) >> 20 : 0
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A number with two decimals.
func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
