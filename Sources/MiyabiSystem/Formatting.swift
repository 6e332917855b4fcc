package import FoundationEssentials

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    package var hex: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}

extension Date {
    /// `2025-11-29T10:30:00.000Z`.
    package var iso: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// `20251129T103000Z`, for the name of a file.
    package var isoName: String {
        formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }
}

extension Duration {
    /// Whole nanoseconds, as sqlx counts them.
    package var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// `850 ms` below a second, else `12.3 s`.
    package var short: String {
        let milliseconds = self / .milliseconds(1)
        if milliseconds < 1000 { return "\(Int(milliseconds)) ms" }
        let tenths = Int((milliseconds / 100).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
