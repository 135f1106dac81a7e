# cmake -D SOURCE=program.cpp -P check_refusal.cmake -- compiler arguments...
# Compiles the program. If it holds "// refused: words", fails unless the compiler refuses it with these words;
# otherwise fails unless it compiles.
foreach(i RANGE ${CMAKE_ARGC})
  if(found_separator AND i LESS CMAKE_ARGC)
    list(APPEND command ${CMAKE_ARGV${i}})
  elseif("${CMAKE_ARGV${i}}" STREQUAL "--")
    set(found_separator TRUE)
  endif()
endforeach()

file(READ ${SOURCE} text)
string(REGEX MATCH "// refused: ([^\n]+)" expects_refusal "${text}")
set(words "${CMAKE_MATCH_1}")
execute_process(COMMAND ${command} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)

if(NOT expects_refusal)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "must compile:\n${said}")
  endif()
elseif(status EQUAL 0)
  message(FATAL_ERROR "compiles, but must be refused with: ${words}")
else()
  string(FIND "${said}" "${words}" position)
  if(position EQUAL -1)
    message(FATAL_ERROR "refused, but without the words: ${words}\n${said}")
  endif()
endif()
