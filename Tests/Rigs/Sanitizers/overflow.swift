// Why: the negative control of the Address Sanitizer: one number is read behind the memory that holds them.

let numbers = UnsafeMutablePointer<Int>.allocate(capacity: 4)
numbers.initialize(repeating: 7, count: 4)
print(numbers[CommandLine.arguments.count + 3])
numbers.deallocate()
