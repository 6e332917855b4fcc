/// The names of requests in AWS's form: 52 characters of base 32.
enum RequestID {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)

    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(unsafeUninitializedCapacity: 52) { buffer in
            var random: UInt64 = 0
            for position in 0..<52 {
                if position % 12 == 0 { random = generator.next() }
                buffer[position] = alphabet[Int(random & 31)]
                random >>= 5
            }
            return 52
        }
    }
}
